package dev.gatun.layers.runtime;

import dev.gatun.layers.plan.Operation;
import dev.gatun.layers.plan.RunContext;
import dev.gatun.layers.plan.Value;
import java.util.List;

/**
 * Layers that run as one in a plan that only goes forward.
 *
 * @param <O> what their operations can do beside running by themselves
 */
abstract class JoinedOperation<O extends Operation> implements Operation {

    final List<O> layers;

    JoinedOperation(List<O> layers) {
        this.layers = layers;
    }

    @Override
    public final List<Value> outputs() {
        return layers.getLast().outputs();
    }

    @Override
    public void bind(Memory memory) {
        for (O layer : layers.reversed()) {
            layer.bind(memory);
        }
    }

    @Override
    public void resize() {
        for (int i = 0; i < layers.size(); i++) {
            layers.get(i).resize();
        }
    }

    /** One layer after the other, for sizes at which joining does not pay. */
    final void forwardInTurn(RunContext run) {
        for (int i = 0; i < layers.size(); i++) {
            layers.get(i).forward(run);
        }
    }

    /** Plans with gradients run every layer by itself. */
    @Override
    public final void backward(RunContext run) {
        throw new IllegalStateException("A plan that only goes forward was asked to go back");
    }
}
