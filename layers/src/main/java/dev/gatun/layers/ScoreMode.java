package dev.gatun.layers;

import dev.gatun.memory.check.Arguments;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** How an {@link Attention} says how well a key fits a query. */
public enum ScoreMode {
    /** The dot product of both (Luong et al. 2015). */
    DOT,
    /** The sum of tanh of their sum (Bahdanau et al. 2015). */
    CONCAT;

    /** A mode by its keyword. */
    public static final OptionKind<ScoreMode> KIND = new OptionKind<>("a score mode") {
        @Override
        public ScoreMode read(OptionReader reader, String key) {
            try {
                return of(reader.text(key));
            } catch (IllegalArgumentException unknown) {
                String said = unknown.getMessage();
                throw new IllegalArgumentException(
                        said.startsWith(reader.owner()) ? said : reader.owner() + ": " + said,
                        unknown);
            }
        }

        @Override
        public Object write(ScoreMode value) {
            return value.keyword();
        }
    };

    /**
     * The mode of a keyword.
     *
     * @param keyword as in Keras: dot or concat
     * @return the mode
     * @throws IllegalArgumentException naming the modes there are
     */
    public static ScoreMode of(String keyword) {
        Arguments.required(keyword, "ScoreMode.of", "keyword", "for example dot");
        List<ScoreMode> found = Arrays.stream(values()).filter(mode -> mode.keyword().equals(keyword)).toList();
        if (found.isEmpty()) {
            throw new IllegalArgumentException("expected as score_mode one of "
                    + Arrays.stream(values()).map(ScoreMode::keyword).collect(Collectors.joining(", ")) + ", got '"
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
