package dev.gatun.tests.own;

import dev.gatun.layers.Configuration;
import dev.gatun.layers.ConfiguredLayer;
import dev.gatun.layers.Option;
import dev.gatun.layers.OptionKind;
import dev.gatun.layers.OptionSet;

/** A layer of a user's own that passes everything, and whose type is careless where it is written as ONNX nodes. */
public final class Passing extends ConfiguredLayer<Passing> {

    /** In the place of the values: as ONNX it is an operator that no reader has. */
    public static final int RANDOM = -1;

    /** In the place of the values: as ONNX it is something else. */
    public static final int NEGATIVE = -2;

    private static final Option<Integer> VALUES = Option.of("values", OptionKind.WHOLE, 0);

    public static final OptionSet OPTIONS = OptionSet.of("Passing", VALUES);

    public Passing(Configuration configuration) {
        super(configuration);
    }

    /** @param values how many values it says to make in ONNX; 0 if it does not say */
    public Passing(int values) {
        this(Configuration.of(OPTIONS).with(VALUES, values));
    }

    @Override
    protected Passing of(Configuration configuration) {
        return new Passing(configuration);
    }

    int values() {
        return get(VALUES);
    }
}
