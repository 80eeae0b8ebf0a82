package dev.gatun.layers;

import dev.gatun.layers.value.CallArguments;
import dev.gatun.memory.Shape;
import dev.gatun.memory.ShapeException;
import dev.gatun.memory.check.Arguments;
import java.util.List;

/** The checks every layer makes of what it is given, with one wording. */
public final class InputShapes {

    private InputShapes() {}

    /**
     * The only input of a layer that takes one value [B,F] or [B,T,F].
     *
     * @param kind   the layer's class name, for messages
     * @param name   the layer's name in the model, for messages
     * @param shapes what the layer is given, batch first
     * @return the shape of that input
     * @throws dev.gatun.memory.ShapeException if there is not exactly one input, or it has neither two nor three axes
     */
    public static Shape single(String kind, String name, CallArguments<Shape> shapes) {
        Arguments.required(kind, "InputShapes.single", "kind", "a class name as Keras has it, for example LSTM");
        Arguments.required(name, "InputShapes.single", "name", "a name");
        Arguments.required(shapes, "InputShapes.single", "shapes", "the shape of each input");
        List<Shape> inputs = shapes.withoutMask().all();
        if (inputs.size() != 1) {
            throw new ShapeException(
                    kind + " '" + name + "' takes one input, got " + inputs.size() + ": " + inputs);
        }
        Shape input = inputs.getFirst();
        if (input.rank() != 2 && input.rank() != 3) {
            throw new ShapeException(
                    kind + " '" + name + "' takes values [batch, features] or [batch, time, features], got shape "
                            + input + " of rank " + input.rank() + "; reshape the data");
        }
        return input;
    }

    /**
     * The only input of a layer that takes a sequence [B,T,F].
     *
     * @param kind   the layer's class name, for messages
     * @param name   the layer's name in the model, for messages
     * @param shapes what the layer is given, batch first
     * @return the shape of that input
     * @throws dev.gatun.memory.ShapeException if there is not exactly one input, or it has not three axes
     */
    public static Shape sequence(String kind, String name, CallArguments<Shape> shapes) {
        Arguments.required(shapes, "InputShapes.sequence", "shapes", "the shape of each input");
        Shape input = single(kind, name, shapes);
        if (input.rank() != 3) {
            throw new ShapeException(kind + " '" + name
                    + "' takes a sequence [batch, time, features], got shape " + input
                    + "; if it follows a recurrent layer, let that one return sequences: .returnSequences()");
        }
        return input;
    }

    /**
     * The width of the last axis.
     *
     * @param kind  the layer's class name, for messages
     * @param name  the layer's name in the model, for messages
     * @param input batch first; only the last axis must be known
     * @return 1 to 2^28 - 1
     * @throws dev.gatun.memory.ShapeException if the width is unknown, zero or more
     */
    public static int features(String kind, String name, Shape input) {
        Arguments.required(kind, "InputShapes.features", "kind", "a class name as Keras has it, for example LSTM");
        Arguments.required(name, "InputShapes.features", "name", "a name");
        Arguments.required(input, "InputShapes.features", "input", "a shape");
        if (input.last() == Shape.UNKNOWN) {
            throw new ShapeException(kind + " '" + name + "' needs to know the number of features, got shape " + input
                    + "; give the last axis of Input a size");
        }
        if (input.last() == 0 || input.last() > Integer.MAX_VALUE / 8) {
            throw new ShapeException(
                    kind + " '" + name + "' takes 1 to " + Integer.MAX_VALUE / 8 + " features, got shape " + input);
        }
        return (int) input.last();
    }

    /**
     * The width that an activation makes of another.
     *
     * @param kind     the layer's class name, for messages
     * @param name     the layer's name in the model, for messages
     * @param function the activation
     * @param columns  the width it is given
     * @return the same, or half of it for {@link ActivationFunction#GLU}
     * @throws dev.gatun.memory.ShapeException if an odd width is to be halved
     */
    public static int activated(String kind, String name, ActivationFunction function, int columns) {
        Arguments.required(kind, "InputShapes.activated", "kind", "a class name as Keras has it, for example Dense");
        Arguments.required(name, "InputShapes.activated", "name", "a name");
        Arguments.required(function, "InputShapes.activated", "function", "for example ActivationFunction.GLU");
        if (function.kind().keepsWidth()) {
            return columns;
        }
        if (columns % 2 != 0) {
            throw new ShapeException(kind + " '" + name + "': the activation " + function.keyword()
                    + " halves the last axis, which has " + columns + "; give it an even width");
        }
        return columns / 2;
    }

    /**
     * Holds a later call of a shared layer against what its weights were made for.
     *
     * @param kind   class of the layer
     * @param name   of the layer
     * @param input  what it is given now
     * @param inputs features its weights are for
     * @throws ShapeException if the last axis has another size
     */
    public static void requireFeatures(String kind, String name, Shape input, int inputs) {
        if (features(kind, name, input) != inputs) {
            throw new ShapeException(kind + " '" + name + "' has weights for " + inputs
                    + " features, but is now given shape " + input
                    + "; a layer used twice needs inputs of the same width");
        }
    }
}
