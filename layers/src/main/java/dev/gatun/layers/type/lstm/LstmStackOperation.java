package dev.gatun.layers.type.lstm;

import dev.gatun.engine.rnn.Wavefront;
import dev.gatun.layers.plan.Operation;
import dev.gatun.layers.plan.RunContext;
import dev.gatun.layers.plan.Value;
import java.util.ArrayList;
import java.util.List;

/** LSTMs of which each reads the sequence of the one before, in a plan that only goes forward: side by side if that pays. */
final class LstmStackOperation implements Operation {

    private final List<LstmOperation> layers;
    private Wavefront wavefront;

    private LstmStackOperation(List<LstmOperation> layers) {
        this.layers = layers;
    }

    static LstmStackOperation of(LstmOperation first, LstmOperation second) {
        return new LstmStackOperation(List.of(first, second));
    }

    @Override
    public Operation joined(Operation next) {
        if (!(next instanceof LstmOperation above) || !layers.getLast().follows(above)) {
            return null;
        }
        List<LstmOperation> more = new ArrayList<>(layers);
        more.add(above);
        return new LstmStackOperation(List.copyOf(more));
    }

    @Override
    public List<Value> outputs() {
        return layers.getLast().outputs();
    }

    @Override
    public void bind(Memory memory) {
        for (LstmOperation layer : layers.reversed()) {
            layer.bind(memory);
        }
        LstmOperation first = layers.getFirst();
        if (Wavefront.pays(layers.stream().map(LstmOperation::sizes).toList(), first.team())) {
            wavefront = new Wavefront(
                    layers.stream().map(LstmOperation::engine).toList(), first.sizes().time(), first.team());
        }
    }

    @Override
    public void forward(RunContext run) {
        for (int i = 0; i < layers.size(); i++) {
            if (wavefront == null) {
                layers.get(i).forward(run);
            } else {
                layers.get(i).begin(run);
            }
        }
        if (wavefront != null) {
            wavefront.run();
        }
    }

    /** Plans with gradients do not join operations. */
    @Override
    public void backward(RunContext run) {
        throw new IllegalStateException("A plan that only goes forward was asked to go back");
    }
}
