package dev.gatun.tests.own;

import dev.gatun.layers.Configuration;
import dev.gatun.layers.ConfiguredLayer;
import dev.gatun.layers.OptionSet;

/** A layer of a user's own that passes numbers and ends their mask. It is wired, never run. */
public final class Forgetting extends ConfiguredLayer<Forgetting> {

    public static final OptionSet OPTIONS = OptionSet.of("Forgetting");

    public Forgetting(Configuration configuration) {
        super(configuration);
    }

    @Override
    protected Forgetting of(Configuration configuration) {
        return new Forgetting(configuration);
    }
}
