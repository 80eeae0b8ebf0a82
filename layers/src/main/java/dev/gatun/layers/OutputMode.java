package dev.gatun.layers;

import dev.gatun.memory.check.Arguments;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What becomes of whole numbers that stand for things. */
public enum OutputMode {
    /** Whole numbers. */
    INT,
    /** For each number a vector of zeros with a 1 at its place. */
    ONE_HOT,
    /** For each sample a vector of zeros with a 1 at the place of each number that occurs. */
    MULTI_HOT,
    /** For each sample a vector of how often each number occurs. */
    COUNT;

    /** By Keras's words. */
    public static final OptionKind<OutputMode> KIND = new OptionKind<>("an output mode") {
        @Override
        public OutputMode read(OptionReader reader, String key) {
            try {
                return of(reader.text(key));
            } catch (IllegalArgumentException unknown) {
                throw new IllegalArgumentException(reader.owner() + ": " + unknown.getMessage(), unknown);
            }
        }

        @Override
        public Object write(OutputMode value) {
            return value.keyword();
        }
    };

    /**
     * The mode of a keyword.
     *
     * @param keyword as in Keras: int, one_hot, multi_hot, which was binary once, or count
     * @return the mode
     * @throws IllegalArgumentException naming the modes there are
     */
    public static OutputMode of(String keyword) {
        Arguments.required(keyword, "OutputMode.of", "keyword", "for example multi_hot");
        List<OutputMode> found = Arrays.stream(values())
                .filter(mode -> mode.keyword().equals(keyword.equals("binary") ? MULTI_HOT.keyword() : keyword))
                .toList();
        if (found.isEmpty()) {
            throw new IllegalArgumentException("expected as output_mode one of "
                    + Arrays.stream(values()).map(OutputMode::keyword).collect(Collectors.joining(", ")) + ", got '"
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

    /**
     * Whether all numbers of a sample become one vector.
     *
     * @return true for multi_hot and count
     */
    public boolean isOfSample() {
        return this == MULTI_HOT || this == COUNT;
    }
}
