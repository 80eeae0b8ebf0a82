package dev.gatun.layers.type.bidirectional;

import dev.gatun.layers.Bidirectional;
import dev.gatun.layers.Configuration;
import dev.gatun.layers.ConfiguredLayer;
import dev.gatun.layers.MergeMode;
import dev.gatun.layers.Option;
import dev.gatun.layers.OptionKind;
import dev.gatun.layers.OptionSet;

/** The end of a Bidirectional: two halves, the backward one first, become one value, or two that speak of the same steps. */
final class Merge extends ConfiguredLayer<Merge> {

    private static final Option<MergeMode> MODE = Option.of("merge_mode", MergeMode.KIND, MergeMode.CONCAT);
    private static final Option<Boolean> SEQUENCES = Option.of("return_sequences", OptionKind.FLAG, false);

    private static final Option<Boolean> ZERO = Option.of("zero_output_for_mask", OptionKind.FLAG, true);

    static final OptionSet OPTIONS = OptionSet.of("Merge", MODE, SEQUENCES, ZERO);

    Merge(Configuration configuration) {
        super(configuration);
    }

    static Merge of(Bidirectional whole) {
        return new Merge(Configuration.of(OPTIONS).with(MODE, whole.mergeMode())
                .with(SEQUENCES, whole.returnsSequences()).with(ZERO, whole.zeroOutputForMask()));
    }

    @Override
    protected Merge of(Configuration configuration) {
        return new Merge(configuration);
    }

    MergeMode mode() {
        return get(MODE);
    }

    boolean sequences() {
        return get(SEQUENCES);
    }

    boolean leavesMaskedStepsZero() {
        return sequences() && get(ZERO);
    }

    /** How many values it makes. */
    int values() {
        return mode() == MergeMode.NONE ? 2 : 1;
    }
}
