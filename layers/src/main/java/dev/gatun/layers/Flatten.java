package dev.gatun.layers;

/**
 * Lays the numbers of a sample side by side: of [B,T,F] comes [B,T F], step after step. A mask ends here, as in Keras. Each
 * number of steps has its own number of features, so that a layer with weights behind it wants a known one.
 */
public final class Flatten extends ConfiguredLayer<Flatten> {

    private static final String LAST = "channels_last";
    private static final String FIRST = "channels_first";
    private static final Option<Boolean> FORMAT = Option.of("data_format", new Format(), false);

    /** All options of the class. */
    public static final OptionSet OPTIONS = OptionSet.of("Flatten", FORMAT);

    /** Keras's two words; true is channels_first. */
    private static final class Format extends OptionKind<Boolean> {
        Format() {
            super("channels_last or channels_first");
        }

        @Override
        public Boolean read(OptionReader reader, String key) {
            String word = reader.text(key);
            if (!word.equals(LAST) && !word.equals(FIRST)) {
                throw new IllegalArgumentException(
                        reader.owner() + ": expected as " + key + " " + words() + ", got '" + word + "'");
            }
            return word.equals(FIRST);
        }

        @Override
        public Object write(Boolean value) {
            return value ? FIRST : LAST;
        }
    }

    /**
     * A layer of these options.
     *
     * @param configuration of {@link #OPTIONS}
     */
    public Flatten(Configuration configuration) {
        super(configuration);
    }

    /**
     * A layer that flattens.
     *
     * @return the layer
     */
    public static Flatten of() {
        return new Flatten(Configuration.of(OPTIONS));
    }

    @Override
    protected Flatten of(Configuration configuration) {
        return new Flatten(configuration);
    }

    /**
     * The same layer for values whose channels are the first axis behind the batch, {@code channels_first} in Keras: they become
     * the last one before anything is laid side by side.
     *
     * @param first false for channels in the last axis, as everywhere else in Gatun
     * @return this layer with it
     */
    public Flatten channelsFirst(boolean first) {
        return with(FORMAT, first);
    }

    /**
     * Whether channels are the first axis behind the batch.
     *
     * @return default false
     */
    public boolean channelsFirst() {
        return get(FORMAT);
    }
}
