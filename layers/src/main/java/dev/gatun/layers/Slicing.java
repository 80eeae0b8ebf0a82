package dev.gatun.layers;

import dev.gatun.memory.check.Arguments;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A part of a value: for each axis behind the batch a range of indices, or one index, which takes the axis away. It is what
 * {@code x[:, -1, :]} in Keras writes into functional models. Masks end here, as they do in Keras.
 *
 * <pre>{@code
 * Node last = Slicing.of("-1").on(sequence);              // [B,T,F] to [B,F]
 * Node some = Slicing.of("2:", "::2").on(sequence);       // all but two steps, every second feature
 * }</pre>
 */
public final class Slicing extends ConfiguredLayer<Slicing> {

    private static final Pattern WORD = Pattern.compile("-?\\d{1,9}|(-?\\d{1,9})?:(-?\\d{1,9})?(:(-?\\d{1,9})?)?");

    private static final OptionKind<List<String>> TEXTS = new OptionKind<>("a list of texts") {
        @Override
        public List<String> read(OptionReader reader, String key) {
            List<String> texts = new ArrayList<>();
            reader.list(key).forEach(text -> texts.add(String.valueOf(text)));
            return List.copyOf(texts);
        }

        @Override
        public Object write(List<String> value) {
            return value;
        }
    };
    private static final Option<List<String>> PARTS = Option.required("parts", TEXTS).check(new Readable());

    /** All options of the class. */
    public static final OptionSet OPTIONS = OptionSet.of("Slicing", PARTS);

    /** The condition on the parts: as Python writes them. */
    private static final class Readable implements OptionCheck<List<String>> {
        @Override
        public String problem(String option, List<String> parts) {
            for (String part : parts) {
                if (!WORD.matcher(part).matches() || part.matches(".*:.*:-?0+")) {
                    return "expected for each axis of " + option
                            + " an index as -1, or a range as 2:5, 3: or ::2 (the step is not 0), got '" + part + "'";
                }
            }
            return parts.isEmpty() ? "expected at least one axis of " + option : null;
        }
    }

    /**
     * A layer of these options.
     *
     * @param configuration of {@link #OPTIONS}
     */
    public Slicing(Configuration configuration) {
        super(configuration);
    }

    /**
     * A layer that takes a part.
     *
     * @param parts for each axis behind the batch, from the first on, what Python writes: an index, which may count from the end,
     *              or {@code from:to:step}, each of which may be left out; axes behind these stay whole
     * @return the layer
     * @throws IllegalArgumentException if one is something else
     */
    public static Slicing of(String... parts) {
        return new Slicing(Configuration.of(OPTIONS).with(PARTS,
                Arguments.all(parts, "Slicing.of", "parts", "a text for each axis, for example \"2:\"")));
    }

    @Override
    protected Slicing of(Configuration configuration) {
        return new Slicing(configuration);
    }

    /**
     * For each axis behind the batch what is taken of it.
     *
     * @return as given
     */
    public List<String> parts() {
        return get(PARTS);
    }
}
