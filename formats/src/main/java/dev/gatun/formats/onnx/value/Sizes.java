package dev.gatun.formats.onnx.value;

import dev.gatun.formats.onnx.graph.NumberArray;
import dev.gatun.formats.tensors.NumberType;
import java.util.List;

/**
 * Whole numbers of which some are sizes that are known only when the model runs.
 *
 * @param entries  one for each number
 * @param isScalar whether it is one number without an axis
 */
public record Sizes(List<Size> entries, boolean isScalar) implements Value {

    public Sizes {
        entries = List.copyOf(entries);
    }

    /**
     * A whole number.
     *
     * @param number  {@link Factor#UNKNOWN} if it is a size
     * @param factors of the size; empty for a number
     */
    public record Size(long number, List<Factor> factors) {

        public static Size of(long number) {
            return new Size(number, List.of());
        }

        /** The size of an axis: a number unless the batch or an unknown size is in it. */
        public static Size of(List<Factor> factors) {
            List<Factor> plain = Axes.plain(factors);
            boolean isKnown = plain.stream().allMatch(factor -> !factor.isBatch() && factor.size() != Factor.UNKNOWN);
            return isKnown ? of(Axes.size(plain)) : new Size(Factor.UNKNOWN, plain);
        }

        public boolean isNumber() {
            return factors.isEmpty();
        }

        @Override
        public String toString() {
            return isNumber() ? String.valueOf(number) : factors.toString();
        }
    }

    public boolean isNumbers() {
        return entries.stream().allMatch(Size::isNumber);
    }

    /** The numbers, of sizes that are all known. */
    public Constant known() {
        long[] numbers = entries.stream().mapToLong(Size::number).toArray();
        return Constant.of(NumberArray.longs(NumberType.INT64, isScalar ? new int[0] : new int[] {numbers.length},
                numbers));
    }
}
