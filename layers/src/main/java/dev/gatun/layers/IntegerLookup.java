package dev.gatun.layers;

import dev.gatun.memory.DataType;
import dev.gatun.memory.Tensor;
import dev.gatun.memory.check.Arguments;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Whole numbers of any size to ids from 0 on, for an {@link Embedding}, or to vectors as those of a {@link CategoryEncoding}. Ids
 * come in the order: 0 for the mask token if there is one and the output are whole numbers, then those of numbers that are not in
 * the vocabulary, then the vocabulary. With {@link #invert()} ids become the numbers they stand for.
 */
public final class IntegerLookup extends ConfiguredLayer<IntegerLookup> {

    private static final Option<Optional<Integer>> MOST = Option.of("max_tokens", OptionKind.OPTIONAL_WHOLE,
            Optional.<Integer>empty());
    private static final Option<Integer> UNKNOWNS = Option.of("num_oov_indices", OptionKind.WHOLE, 1)
            .check(new NotNegative());
    private static final Option<Optional<Integer>> MASK = Option.of("mask_token", OptionKind.OPTIONAL_WHOLE,
            Optional.<Integer>empty());
    private static final Option<Integer> UNKNOWN = Option.of("oov_token", OptionKind.WHOLE, -1);
    private static final Option<List<Integer>> VOCABULARY = Option.required("vocabulary", OptionKind.WHOLES);
    private static final Option<Boolean> INVERT = Option.of("invert", OptionKind.FLAG, false);
    private static final Option<OutputMode> MODE = Option.of("output_mode", OutputMode.KIND, OutputMode.INT);
    private static final Option<Boolean> PAD = Option.of("pad_to_max_tokens", OptionKind.FLAG, false);

    /** All options of the class. */
    public static final OptionSet OPTIONS = OptionSet
            .of("IntegerLookup", MOST, UNKNOWNS, MASK, UNKNOWN, VOCABULARY, INVERT, MODE, PAD)
            .only("sparse", false)
            .only("vocabulary_dtype", "int64")
            .only("oov_method", "floormod")
            .without("idf_weights", "salt")
            .ignoring("vocabulary_size", "the vocabulary says it");

    /** The condition on a count. */
    private static final class NotNegative implements OptionCheck<Integer> {
        @Override
        public String problem(String option, Integer count) {
            return count >= 0 ? null : "expected as " + option + " at least 0, got " + count;
        }
    }

    /**
     * A layer of these options.
     *
     * @param configuration of {@link #OPTIONS}
     * @throws IllegalArgumentException if the options do not go together
     */
    public IntegerLookup(Configuration configuration) {
        super(configuration);
        String wrong = vocabulary() == null ? null : problem();
        if (wrong != null) {
            throw new IllegalArgumentException(kind() + (name() == null ? "" : " '" + name() + "'") + ": " + wrong);
        }
    }

    private String problem() {
        List<Integer> tokens = tokens();
        Set<Integer> seen = new HashSet<>();
        for (int token : tokens) {
            if (!seen.add(token)) {
                return "expected each number once in vocabulary, got " + token + " twice";
            }
        }
        if (tokens.isEmpty()) {
            return "expected at least one number in vocabulary";
        }
        if (maskToken().filter(seen::contains).isPresent()) {
            return "its mask_token " + maskToken().get() + " stands in vocabulary; leave it out there";
        }
        if (isInverted() && seen.contains(oovToken())) {
            return "its oov_token " + oovToken() + " stands in vocabulary; leave it out there";
        }
        if (isInverted() && outputMode() != OutputMode.INT) {
            return "expected output_mode int with invert, got " + outputMode().keyword();
        }
        if (get(MOST).isPresent() && firstToken() + tokens.size() > get(MOST).get()) {
            return "its vocabulary gives " + (firstToken() + tokens.size()) + " ids, more than max_tokens "
                    + get(MOST).get();
        }
        return get(PAD) && get(MOST).isEmpty() ? "pad_to_max_tokens needs max_tokens" : null;
    }

    /**
     * A lookup of these numbers.
     *
     * @param vocabulary each once; the mask token and the one for what is unknown may stand at the beginning, as in Keras
     * @return the layer
     * @throws IllegalArgumentException if there are none, or one stands twice
     */
    public static IntegerLookup of(int... vocabulary) {
        Arguments.required(vocabulary, "IntegerLookup.of", "vocabulary", "the numbers that are known");
        return new IntegerLookup(
                Configuration.of(OPTIONS).with(VOCABULARY, Arrays.stream(vocabulary).boxed().toList()));
    }

    @Override
    protected IntegerLookup of(Configuration configuration) {
        return new IntegerLookup(configuration);
    }

    /**
     * A lookup of the numbers that occur in data, the most frequent first, of two that are equally frequent the larger.
     *
     * @param data whole numbers
     * @return this layer with them, without its mask token and the one for what is unknown; no more than max_tokens says
     * @throws IllegalArgumentException if the data hold floats, or nothing but these two
     * @throws IllegalStateException    if the memory of the data has been freed
     */
    public IntegerLookup adapt(Tensor data) {
        Arguments.required(data, "IntegerLookup.adapt", "data", "a tensor of whole numbers");
        data.requireType(DataType.INT32, "IntegerLookup.adapt");
        data.requireAlive();
        Map<Integer, Integer> counts = new HashMap<>();
        for (int token : data.toIntArray()) {
            counts.merge(token, 1, Integer::sum);
        }
        maskToken().ifPresent(counts::remove);
        counts.remove(oovToken());
        List<Integer> tokens = new ArrayList<>(counts.keySet());
        tokens.sort(Comparator.<Integer, Integer>comparing(counts::get).thenComparing(token -> token).reversed());
        int most = get(MOST).map(all -> Math.max(0, all - firstToken())).orElse(Integer.MAX_VALUE);
        return with(VOCABULARY, List.copyOf(tokens.subList(0, Math.min(most, tokens.size()))));
    }

    /**
     * How many ids there are at most.
     *
     * @param count of all ids
     * @return this layer with it
     * @throws IllegalArgumentException if the vocabulary gives more
     */
    public IntegerLookup maxTokens(int count) {
        return with(MOST, Optional.of(count));
    }

    /**
     * Whether vectors have as many numbers as {@link #maxTokens} says, however small the vocabulary is.
     *
     * @param value default false
     * @return this layer with it
     * @throws IllegalArgumentException if there is no such number
     */
    public IntegerLookup padToMaxTokens(boolean value) {
        return with(PAD, value);
    }

    /**
     * How many ids there are for numbers that are not in the vocabulary; with several, which one is the remainder of the number.
     *
     * @param count default 1; with 0 such numbers are refused
     * @return this layer with it
     * @throws IllegalArgumentException if it is negative
     */
    public IntegerLookup oovIndices(int count) {
        return with(UNKNOWNS, count);
    }

    /**
     * The number that is padding: its id is 0, or it does not count.
     *
     * @param token not in the vocabulary
     * @return this layer with it
     * @throws IllegalArgumentException if it is in the vocabulary
     */
    public IntegerLookup maskToken(int token) {
        return with(MASK, Optional.of(token));
    }

    /**
     * What an id of something unknown becomes with {@link #invert()}.
     *
     * @param token default -1
     * @return this layer with it
     */
    public IntegerLookup oovToken(int token) {
        return with(UNKNOWN, token);
    }

    /**
     * What is made of the numbers.
     *
     * @param mode default {@link OutputMode#INT}
     * @return this layer with it
     * @throws IllegalArgumentException if it does not go with {@link #invert()}
     */
    public IntegerLookup outputMode(OutputMode mode) {
        return with(MODE, mode);
    }

    /**
     * As {@link #outputMode(OutputMode)}.
     *
     * @param keyword as in Keras: int, one_hot, multi_hot or count
     * @return this layer with it
     * @throws IllegalArgumentException if there is no such mode
     */
    public IntegerLookup outputMode(String keyword) {
        return outputMode(OutputMode.of(keyword));
    }

    /**
     * Gives the numbers that ids stand for.
     *
     * @return this layer doing so
     * @throws IllegalArgumentException if it makes vectors
     */
    public IntegerLookup invert() {
        return with(INVERT, true);
    }

    /**
     * The numbers that were given.
     *
     * @return those at the beginning that stand for mask and unknown included
     */
    public List<Integer> vocabulary() {
        return get(VOCABULARY);
    }

    /**
     * The numbers that have ids of their own.
     *
     * @return in the order of their ids
     */
    public List<Integer> tokens() {
        List<Integer> special = new ArrayList<>();
        if (firstOov() == 1) {
            special.add(maskToken().orElseThrow());
        }
        for (int i = 0; i < oovIndices(); i++) {
            special.add(oovToken());
        }
        List<Integer> all = vocabulary();
        boolean standsFirst = all.size() >= special.size() && all.subList(0, special.size()).equals(special);
        return standsFirst ? all.subList(special.size(), all.size()) : all;
    }

    /**
     * The first id of numbers that are not in the vocabulary.
     *
     * @return 1 behind that of a mask token, else 0
     */
    public int firstOov() {
        return maskToken().isPresent() && outputMode() == OutputMode.INT ? 1 : 0;
    }

    /**
     * The id of the first number of the vocabulary.
     *
     * @return behind those for what is unknown
     */
    public int firstToken() {
        return firstOov() + oovIndices();
    }

    /**
     * How many ids there are: the numbers of a vector.
     *
     * @return as many as max_tokens says if vectors are padded to it
     */
    public int ids() {
        return get(PAD) && outputMode().isOfSample() ? get(MOST).orElseThrow() : firstToken() + tokens().size();
    }

    /**
     * How many ids there are for what is unknown.
     *
     * @return default 1
     */
    public int oovIndices() {
        return get(UNKNOWNS);
    }

    /**
     * The number that is padding.
     *
     * @return default none
     */
    public Optional<Integer> maskToken() {
        return get(MASK);
    }

    /**
     * What an id of something unknown becomes.
     *
     * @return default -1
     */
    public int oovToken() {
        return get(UNKNOWN);
    }

    /**
     * What is made of the numbers.
     *
     * @return default {@link OutputMode#INT}
     */
    public OutputMode outputMode() {
        return get(MODE);
    }

    /**
     * Whether it gives the numbers that ids stand for.
     *
     * @return default false
     */
    public boolean isInverted() {
        return get(INVERT);
    }
}
