package dev.gatun.formats.keras.arrays;

import dev.gatun.memory.Shape;
import dev.gatun.memory.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What low-rank adaptation learned, added to the weights it was learned for: {@code w + alpha / rank (a b)}, with a [..,R] and b
 * [R,C]. Keras adds it when it writes {@code .keras} files; HDF5 files of the old layout hold the three arrays. Source:
 * {@code Dense.kernel} in {@code keras/src/layers/core/dense.py}.
 */
public final class LoraArrays {

    private static final String LORA = "lora_";
    private static final String FIRST = "_a";
    private static final String SECOND = "_b";

    private LoraArrays() {}

    /** Whether some array is part of such an adaptation. */
    public static boolean areAmong(List<SavedArray> arrays) {
        return arrays.stream().anyMatch(array -> array.role().startsWith(LORA));
    }

    /**
     * The arrays of a layer without those that are added to others.
     *
     * @param arrays  in the file's order
     * @param factors alpha / rank by the name of a layer; 1, which is Keras's default, where none is named
     */
    public static List<SavedArray> added(List<SavedArray> arrays, Map<String, Double> factors) {
        Map<String, SavedArray> named = new LinkedHashMap<>();
        arrays.forEach(array -> named.put(array.name(), array));
        for (SavedArray array : arrays) {
            String role = array.role();
            if (role.startsWith(LORA) && role.endsWith(FIRST)) {
                String before = array.name().substring(0, array.name().lastIndexOf('/') + 1);
                String weight = before + role.substring(LORA.length(), role.length() - FIRST.length());
                SavedArray second = named.get(before + role.substring(0, role.length() - FIRST.length()) + SECOND);
                SavedArray whole = named.get(weight);
                if (second != null && whole != null && fit(whole.shape(), array.shape(), second.shape())) {
                    named.remove(array.name());
                    named.remove(second.name());
                    named.put(weight, sum(whole, array, second, factors.getOrDefault(layer(before), 1.0)));
                }
            }
        }
        return new ArrayList<>(named.values());
    }

    /** The layer's own name, which stands in front of its weights'. */
    private static String layer(String before) {
        String path = before.isEmpty() ? "" : before.substring(0, before.length() - 1);
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static boolean fit(Shape whole, Shape first, Shape second) {
        return second.rank() == 2 && first.rank() == whole.rank() && first.rank() > 1 && first.last() == second.dim(0)
                && whole.last() == second.last() && whole.elements() / Math.max(1, whole.last()) == first.elements()
                        / Math.max(1, first.last());
    }

    private static SavedArray sum(SavedArray whole, SavedArray first, SavedArray second, double factor) {
        return whole.as(whole.shape(), "with what LoRA learned, times " + factor, () -> {
            float[] sum = whole.numbers().read().toArray();
            float[] a = first.numbers().read().toArray();
            float[] b = second.numbers().read().toArray();
            int rank = (int) second.shape().dim(0);
            int columns = (int) second.shape().last();
            for (int at = 0; at < sum.length; at++) {
                double added = 0;
                for (int place = 0; place < rank; place++) {
                    added += (double) a[at / columns * rank + place] * b[place * columns + at % columns];
                }
                sum[at] += (float) (factor * added);
            }
            return Tensor.of(sum, whole.shape().toArray());
        });
    }
}
