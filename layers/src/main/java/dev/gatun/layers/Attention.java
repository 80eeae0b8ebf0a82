package dev.gatun.layers;

/**
 * Dot-product attention (Luong et al. 2015), or with {@link ScoreMode#CONCAT} attention by the tanh of query and key, with
 * Keras's arguments and defaults.
 */
public final class Attention extends AttentionLayer<Attention> {

    private static final Option<Boolean> SCALE = Option.of("use_scale", OptionKind.FLAG, false);
    private static final Option<ScoreMode> MODE = Option.of("score_mode", ScoreMode.KIND, ScoreMode.DOT);

    /** All options of the class. */
    public static final OptionSet OPTIONS = OptionSet
            .of("Attention", SCALE, MODE, AttentionOptions.DROPOUT, AttentionOptions.CAUSAL, AttentionOptions.SCORES)
            .ignoring("seed", "the trainer's seed serves");

    /**
     * A layer of these options.
     *
     * @param configuration of {@link #OPTIONS}
     */
    public Attention(Configuration configuration) {
        super(configuration);
    }

    /**
     * Dot-product attention without a scale.
     *
     * @return the layer
     */
    public static Attention of() {
        return new Attention(Configuration.of(OPTIONS));
    }

    @Override
    protected Attention of(Configuration configuration) {
        return new Attention(configuration);
    }

    /**
     * Whether scores are multiplied by a weight, of {@link ScoreMode#CONCAT} before the tanh.
     *
     * @param value default false
     * @return this layer doing so
     */
    public Attention useScale(boolean value) {
        return with(SCALE, value);
    }

    /**
     * Scores are multiplied by a weight, see {@link #useScale(boolean)}.
     *
     * @return this layer doing so
     */
    public Attention useScale() {
        return useScale(true);
    }

    /**
     * How well a key fits a query.
     *
     * @param mode default their dot product
     * @return this layer with it
     */
    public Attention scoreMode(ScoreMode mode) {
        return with(MODE, mode);
    }

    /**
     * As {@link #scoreMode(ScoreMode)}.
     *
     * @param keyword Keras's word: dot or concat
     * @return this layer with it
     * @throws IllegalArgumentException naming the modes there are
     */
    public Attention scoreMode(String keyword) {
        return scoreMode(ScoreMode.of(keyword));
    }

    /**
     * Whether scores are multiplied by a weight.
     *
     * @return default false
     */
    public boolean usesScale() {
        return get(SCALE);
    }

    /**
     * How well a key fits a query.
     *
     * @return default their dot product
     */
    public ScoreMode scoreMode() {
        return get(MODE);
    }
}
