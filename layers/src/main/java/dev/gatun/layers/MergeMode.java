package dev.gatun.layers;

import dev.gatun.memory.check.Arguments;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** How the two directions of a {@link Bidirectional} become one value. */
public enum MergeMode {
    /** Side by side: the features of the forward half, then those of the backward half. */
    CONCAT,
    /** Added. */
    SUM,
    /** Multiplied, number by number. */
    MUL,
    /** Half of the sum. */
    AVE,
    /** Not at all: the layer makes two values. In Keras {@code None}. */
    NONE;

    /** Keras has its None as a value of this option, and not for its absence. */
    public static final OptionKind<MergeMode> KIND = new OptionKind<>("a merge mode") {
        @Override
        public MergeMode read(OptionReader reader, String key) {
            try {
                return of(reader.text(key));
            } catch (IllegalArgumentException unknown) {
                throw new IllegalArgumentException(reader.owner() + ": " + unknown.getMessage(), unknown);
            }
        }

        @Override
        public Object write(MergeMode value) {
            return value.keyword();
        }

        @Override
        public Object ofNull() {
            return NONE.keyword();
        }
    };

    /**
     * The mode of a keyword.
     *
     * @param keyword as in Keras: concat, sum, mul, ave; none for Keras's {@code None}
     * @return the mode
     * @throws IllegalArgumentException naming the modes there are
     */
    public static MergeMode of(String keyword) {
        Arguments.required(keyword, "MergeMode.of", "keyword", "for example concat");
        List<MergeMode> found = Arrays.stream(values()).filter(mode -> mode.keyword().equals(keyword)).toList();
        if (found.isEmpty()) {
            throw new IllegalArgumentException("expected as merge_mode one of "
                    + Arrays.stream(values()).map(MergeMode::keyword).collect(Collectors.joining(", ")) + ", got '"
                    + keyword + "'");
        }
        return found.getFirst();
    }

    /**
     * Keras's word.
     *
     * @return in small letters
     */
    public String keyword() {
        return name().toLowerCase(Locale.ROOT);
    }
}
