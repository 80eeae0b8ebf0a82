package dev.gatun.layers.type.merge;

import dev.gatun.layers.Add;
import dev.gatun.layers.Average;
import dev.gatun.layers.LayerType;
import dev.gatun.layers.Maximum;
import dev.gatun.layers.Minimum;
import dev.gatun.layers.Multiply;
import dev.gatun.layers.Subtract;

/** The layers that merge values number by number. */
public final class MergeTypes {

    private MergeTypes() {}

    /** {@return what is known of {@link Add}} */
    public static LayerType<Add> add() {
        return new MergeLayerType<>(Add.of(), MergeFunction.ADD);
    }

    /** {@return what is known of {@link Subtract}} */
    public static LayerType<Subtract> subtract() {
        return new MergeLayerType<>(Subtract.of(), MergeFunction.SUBTRACT);
    }

    /** {@return what is known of {@link Multiply}} */
    public static LayerType<Multiply> multiply() {
        return new MergeLayerType<>(Multiply.of(), MergeFunction.MULTIPLY);
    }

    /** {@return what is known of {@link Average}} */
    public static LayerType<Average> average() {
        return new MergeLayerType<>(Average.of(), MergeFunction.AVERAGE);
    }

    /** {@return what is known of {@link Maximum}} */
    public static LayerType<Maximum> maximum() {
        return new MergeLayerType<>(Maximum.of(), MergeFunction.MAXIMUM);
    }

    /** {@return what is known of {@link Minimum}} */
    public static LayerType<Minimum> minimum() {
        return new MergeLayerType<>(Minimum.of(), MergeFunction.MINIMUM);
    }
}
