package dev.gatun.layers;

import dev.gatun.memory.ParameterBlock;
import dev.gatun.memory.Shape;
import dev.gatun.memory.ShapeException;
import dev.gatun.memory.Tensor;

/**
 * A weight of a model under its public name, for example {@code lstm_1/recurrent_kernel}, in Keras's shape and gate order.
 */
public interface Weight {

    /**
     * The public name: layer and weight, with a slash between.
     *
     * @return for example {@code lstm_1/recurrent_kernel}
     */
    String name();

    /**
     * The name of the layer it belongs to.
     *
     * @return for example {@code lstm_1}
     */
    String layer();

    /**
     * The shape that Keras gives this weight.
     *
     * @return for example (I, 4 U) for the kernel of an LSTM of U units that reads I features
     */
    Shape shape();

    /**
     * What it is to a training.
     *
     * @return a buffer if the layer itself keeps it
     */
    WeightRole role();

    /**
     * Whether a training changes it.
     *
     * @return false for a buffer, and for a weight of a layer that is not trained
     */
    boolean isTrainable();

    /**
     * A copy of the numbers.
     *
     * @return a heap tensor of {@link #shape}
     * @throws IllegalStateException if another thread uses the model, or it is closed
     */
    Tensor get();

    /**
     * The numbers of this weight's place in a twin of the parameters: a gradient, or an optimizer's moment.
     *
     * @param twin a block of the model's layout
     * @return a heap tensor of {@link #shape}
     * @throws IllegalArgumentException if the block's layout is another
     * @throws IllegalStateException    if another thread uses the model, or the twin's memory has been freed
     */
    Tensor get(ParameterBlock twin);

    /**
     * Changes all the numbers, or none.
     *
     * @param values the new numbers, of {@link #shape}
     * @throws ShapeException           if the tensor has another shape
     * @throws IllegalArgumentException if the tensor holds whole numbers
     * @throws IllegalStateException    if another thread uses the model, it is closed, or the tensor's memory has been freed
     */
    void set(Tensor values);

    /**
     * As {@link #set(Tensor)}, in a twin of the parameters.
     *
     * @param twin   a block of the model's layout
     * @param values the new numbers, of {@link #shape}
     * @throws ShapeException           if the tensor has another shape
     * @throws IllegalArgumentException if the block's layout is another, or the tensor holds whole numbers
     * @throws IllegalStateException    if another thread uses the model, or the memory of twin or tensor has been freed
     */
    void set(ParameterBlock twin, Tensor values);
}
