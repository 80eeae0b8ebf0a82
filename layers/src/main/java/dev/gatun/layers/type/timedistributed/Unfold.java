package dev.gatun.layers.type.timedistributed;

import dev.gatun.layers.Configuration;
import dev.gatun.layers.ConfiguredLayer;
import dev.gatun.layers.OptionSet;

/** Makes steps of samples again, as many as its first input has; what it moves is its second. */
final class Unfold extends ConfiguredLayer<Unfold> {

    static final OptionSet OPTIONS = OptionSet.of("Unfold");

    Unfold() {
        this(Configuration.of(OPTIONS));
    }

    private Unfold(Configuration configuration) {
        super(configuration);
    }

    @Override
    protected Unfold of(Configuration configuration) {
        return new Unfold(configuration);
    }
}
