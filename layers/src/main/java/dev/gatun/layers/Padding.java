package dev.gatun.layers;

import dev.gatun.memory.check.Arguments;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a layer that looks at several steps at once does at the ends of a sequence. */
public enum Padding {
    /** It reads steps that are there, and so makes fewer than it reads. */
    VALID,
    /** Zeros before and behind, half of them each, the odd one behind: as many steps come out as go in, divided by the strides. */
    SAME,
    /** Zeros before only: no output reads a step that comes later. */
    CAUSAL;

    /** How the option stands in a configuration: Keras's word. */
    public static final OptionKind<Padding> KIND = new OptionKind<>("a padding") {
        @Override
        public Padding read(OptionReader reader, String key) {
            try {
                return of(reader.text(key));
            } catch (IllegalArgumentException unknown) {
                throw new IllegalArgumentException(reader.owner() + ": " + unknown.getMessage(), unknown);
            }
        }

        @Override
        public Object write(Padding value) {
            return value.keyword();
        }
    };

    /** The condition of a layer that pads both ends or none. */
    static final class NotCausal implements OptionCheck<Padding> {
        @Override
        public String problem(String option, Padding padding) {
            return padding == CAUSAL
                    ? "expected " + option + " valid or same, got causal; only a Conv1D has that"
                    : null;
        }
    }

    /**
     * The padding of a keyword.
     *
     * @param keyword as in Keras: valid, same, causal
     * @return the padding
     * @throws IllegalArgumentException naming those there are
     */
    public static Padding of(String keyword) {
        Arguments.required(keyword, "Padding.of", "keyword", "for example same");
        List<Padding> found = Arrays.stream(values()).filter(padding -> padding.keyword().equals(keyword)).toList();
        if (found.isEmpty()) {
            throw new IllegalArgumentException("expected as padding one of "
                    + Arrays.stream(values()).map(Padding::keyword).collect(Collectors.joining(", ")) + ", got '"
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
