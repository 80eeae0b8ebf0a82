package dev.gatun.layers;

import dev.gatun.layers.value.ValueType;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.layers.plan.ExecutionMode;
import dev.gatun.layers.plan.Operation;
import dev.gatun.layers.plan.PlanContext;
import dev.gatun.memory.Shape;
import dev.gatun.memory.check.Arguments;
import java.util.List;

/** A layer whose weights are known. Calls of a shared layer share it. */
public interface BuiltLayer {

    /**
     * The weights.
     *
     * @return in Keras's order; empty if there are none
     */
    List<WeightSpec> weights();

    /**
     * What a call makes.
     *
     * @param shapes of what it reads, batch first
     * @return shapes of the outputs, batch first, in the order of {@link LayerType#outputs}
     * @throws dev.gatun.memory.ShapeException if they do not fit the weights
     */
    List<Shape> outputShapes(CallArguments<Shape> shapes);

    /**
     * Whether the output is the input, so that plans of this mode leave the call out.
     *
     * @param mode one without gradients
     * @return false unless the layer says otherwise
     */
    default boolean isIdentity(ExecutionMode mode) {
        Arguments.required(mode, "BuiltLayer.isIdentity", "mode", "for example ExecutionMode.INFERENCE");
        return false;
    }

    /**
     * What the numbers of its data must be.
     *
     * @return float32 unless the layer says otherwise
     */
    default ValueType reads() {
        return ValueType.FLOAT32;
    }

    /**
     * What the numbers of one of its data must be, for a layer that reads numbers of several kinds.
     *
     * @param input which of the data, counted from 0
     * @return {@link #reads()} unless the layer says otherwise
     */
    default ValueType reads(int input) {
        return reads();
    }

    /**
     * Whether one of its data may be numbers of a type.
     *
     * @param input which of the data, counted from 0
     * @param type  of a value
     * @return true for {@link #reads(int)} alone unless the layer says otherwise
     */
    default boolean takes(int input, ValueType type) {
        return Arguments.required(type, "BuiltLayer.takes", "type", "for example ValueType.FLOAT32") == reads(input);
    }

    /**
     * What the numbers of its outputs are.
     *
     * @return float32 unless the layer says otherwise
     */
    default ValueType makes() {
        return ValueType.FLOAT32;
    }

    /**
     * Of a layer that reads whole numbers, how many there are: each is at least 0 and less than this. Whoever gives others is
     * told which, before anything runs.
     *
     * @return all that an int holds unless the layer says otherwise
     */
    default int ids() {
        return Integer.MAX_VALUE;
    }

    /**
     * Of a layer that reads whole numbers, what is said of one that it does not know. Whoever gives such a number is told so before
     * anything runs.
     *
     * @param number one of the first of its data
     * @return what follows the number in a sentence, with the fix; null if the layer knows it, as it does all {@link #ids} unless
     *         it says otherwise
     */
    default String unknown(int number) {
        return null;
    }

    /**
     * Whether the operation is a {@link dev.gatun.layers.plan.RecurrentOperation}, so that layers may run side by side, and
     * which way it reads its sequence.
     *
     * @return {@link Recurrence#NONE} unless the layer says otherwise
     */
    default Recurrence recurrence() {
        return Recurrence.NONE;
    }

    /**
     * Plans one call at known sizes: asks the context for memory and says where its outputs will be.
     *
     * @param context where it stands
     * @return what runs
     */
    Operation operation(PlanContext context);
}
