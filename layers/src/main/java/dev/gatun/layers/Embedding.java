package dev.gatun.layers;

/**
 * A vector for each id, learnt: whole numbers [B,T] become [B,T,D], and [B] becomes [B,D]. Ids go from 0 to one less than the
 * number of them; with {@link #maskZero()} id 0 is padding, and the steps that have it do not count in the layers behind. What a
 * mask of its input leaves out is zero, whatever id stands there. Weight: embeddings [N,D].
 */
public final class Embedding extends ConfiguredLayer<Embedding> {

    private static final Option<Integer> INPUT_DIM = Option.required("input_dim", OptionKind.WHOLE).check(new Size());
    private static final Option<Integer> OUTPUT_DIM = Option.required("output_dim", OptionKind.WHOLE).check(new Size());
    private static final Option<Initializer> INITIALIZER = Option.of("embeddings_initializer", OptionKind.INITIALIZER,
            new Initializer.RandomUniform(-0.05f, 0.05f));
    private static final Option<Regularizer> PENALTY = Option.of("embeddings_regularizer", OptionKind.REGULARIZER,
            Regularizer.NONE);
    private static final Option<Constraint> BOUND = Option.of("embeddings_constraint", OptionKind.CONSTRAINT,
            Constraint.NONE);
    private static final Option<Boolean> MASK_ZERO = Option.of("mask_zero", OptionKind.FLAG, false);

    /** All options of the class. */
    public static final OptionSet OPTIONS = OptionSet
            .of("Embedding", INPUT_DIM, OUTPUT_DIM, INITIALIZER, MASK_ZERO, PENALTY, BOUND)
            .without("quantization_config")
            .ignoring("lora_rank", "what it added is part of the weights that are read")
            .only("sparse", false)
            .ignoring("lora_alpha", "scales what lora_rank adds")
            .ignoring("input_length", "the input says how long it is");

    /** The condition on both sizes. */
    private static final class Size implements OptionCheck<Integer> {
        private static final int MOST = Integer.MAX_VALUE / 8;

        @Override
        public String problem(String option, Integer size) {
            if (size < 1) {
                return "expected a positive " + option + ", got " + size + "; give at least 1";
            }
            return size > MOST ? "expected an " + option + " of at most " + MOST + ", got " + size : null;
        }
    }

    /**
     * A layer of these options.
     *
     * @param configuration of {@link #OPTIONS}
     */
    public Embedding(Configuration configuration) {
        super(configuration);
    }

    /**
     * A layer with Keras's defaults.
     *
     * @param inputDim  N, how many ids there are, padding included: the largest id and one more
     * @param outputDim D, how many numbers a vector has
     * @return the layer
     * @throws IllegalArgumentException if one of them is not positive, or too large
     */
    public static Embedding of(int inputDim, int outputDim) {
        return new Embedding(Configuration.of(OPTIONS).with(INPUT_DIM, inputDim).with(OUTPUT_DIM, outputDim));
    }

    @Override
    protected Embedding of(Configuration configuration) {
        return new Embedding(configuration);
    }

    /**
     * Takes id 0 for padding, which does not count in the layers behind.
     *
     * @return this layer doing so
     */
    public Embedding maskZero() {
        return maskZero(true);
    }

    /**
     * Whether id 0 is padding, which does not count in the layers behind.
     *
     * @param value default false
     * @return this layer doing so
     */
    public Embedding maskZero(boolean value) {
        return with(MASK_ZERO, value);
    }

    /**
     * How the vectors begin.
     *
     * @param initializer default uniform between -0.05 and 0.05
     * @return this layer with it
     */
    public Embedding embeddingsInitializer(Initializer initializer) {
        return with(INITIALIZER, initializer);
    }

    /**
     * A penalty on the vectors, added to the loss.
     *
     * @param regularizer default none
     * @return this layer with it
     */
    public Embedding embeddingsRegularizer(Regularizer regularizer) {
        return with(PENALTY, regularizer);
    }

    /**
     * What every step of a training holds the vectors to.
     *
     * @param constraint default none
     * @return this layer with it
     */
    public Embedding embeddingsConstraint(Constraint constraint) {
        return with(BOUND, constraint);
    }

    /**
     * N, how many ids there are.
     *
     * @return at least 1
     */
    public int inputDim() {
        return get(INPUT_DIM);
    }

    /**
     * D, how many numbers a vector has.
     *
     * @return at least 1
     */
    public int outputDim() {
        return get(OUTPUT_DIM);
    }

    /**
     * Whether id 0 is padding.
     *
     * @return default false
     */
    public boolean masksZero() {
        return get(MASK_ZERO);
    }

    /**
     * How the vectors begin.
     *
     * @return default uniform between -0.05 and 0.05
     */
    public Initializer embeddingsInitializer() {
        return get(INITIALIZER);
    }

    /**
     * The penalty on the vectors.
     *
     * @return default none
     */
    public Regularizer embeddingsRegularizer() {
        return get(PENALTY);
    }

    /**
     * What every step of a training holds the vectors to.
     *
     * @return default none
     */
    public Constraint embeddingsConstraint() {
        return get(BOUND);
    }
}
