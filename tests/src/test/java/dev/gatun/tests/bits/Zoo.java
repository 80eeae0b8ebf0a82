package dev.gatun.tests.bits;

import dev.gatun.layers.Activation;
import dev.gatun.layers.Dense;
import dev.gatun.layers.Dropout;
import dev.gatun.layers.Gru;
import dev.gatun.layers.Input;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.Node;
import dev.gatun.layers.RecurrentOutput;
import dev.gatun.layers.SimpleRnn;
import dev.gatun.layers.TimeDistributed;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.memory.Shape;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.StatefulInputs;
import dev.gatun.tests.gradients.EnginePass;
import dev.gatun.tests.gradients.RandomWeights;
import java.util.ArrayList;
import java.util.List;

/** Models whose bits are compared: together they go through every kernel, and past every block border. */
public enum Zoo {
    /** Strips, strips and paddings. */
    STACK {
        @Override
        Model build() {
            return Sequential.of(Input.sequence(5), Lstm.units(33).returnSequences(), Lstm.units(17),
                    Dense.units(3));
        }
    },
    /** More inputs and units than a block of K holds. */
    WIDE {
        @Override
        Model build() {
            return Sequential.of(Input.sequence(261), Lstm.units(65).returnSequences(),
                    TimeDistributed.of(Dense.units(70).activation("relu")), Lstm.units(16), Dense.units(80));
        }
    },
    /** States as values: inputs, wired, outputs. */
    STATES {
        @Override
        Model build() {
            StatefulInputs inputs = StatefulInputs.of(Input.sequence(4), 20);
            RecurrentOutput first = inputs.through(Lstm.units(20).returnSequences().returnState());
            RecurrentOutput second = Lstm.units(20).returnSequences().returnState().on(first, first.state());
            Node y = TimeDistributed.of(Dense.units(15).activation("sigmoid")).on(second);
            return inputs.to(y, second.state().h(), second.state().c());
        }
    },
    /** Not the standard gates; softmax; dropout, which passes everything here. */
    OTHER {
        @Override
        Model build() {
            return Sequential.of(Input.sequence(3),
                    Lstm.units(9).activation("gelu").recurrentActivation("hard_sigmoid").noBias().returnSequences(),
                    Lstm.units(19).activation("relu").returnSequences(),
                    Dropout.rate(0.5), TimeDistributed.of(Dense.units(7)), Activation.of("softmax"));
        }
    },
    /** Functions of a few operations, in every cell and row by row. */
    FUNCTIONS {
        @Override
        Model build() {
            return Sequential.of(Input.sequence(3),
                    Lstm.units(18).activation("softsign").recurrentActivation("hard_sigmoid").returnSequences(),
                    Lstm.units(5).activation("relu").recurrentActivation("hard_sigmoid_keras2").returnSequences(),
                    Gru.units(17).activation("hard_tanh").recurrentActivation("hard_sigmoid").returnSequences(),
                    Gru.units(6).resetAfter(false).activation("linear").recurrentActivation("hard_sigmoid_keras2")
                            .returnSequences(),
                    SimpleRnn.units(7).activation("leaky_relu").returnSequences(), Dense.units(9).activation("silu"),
                    Dense.units(8).activation("hard_silu"), Dense.units(17).activation("relu6"),
                    Dense.units(3).activation("exponential"));
        }
    },
    /** Backwards, and a layer used twice. */
    TWICE {
        @Override
        Model build() {
            Input x = Input.sequence(18);
            Lstm shared = Lstm.units(18).returnSequences();
            Node y = Lstm.units(6).goBackwards().on(shared.on(shared.on(x)));
            return Model.of(x, Dense.units(2).activation("tanh").on(y));
        }
    };

    abstract Model build();

    /** With random weights: the same every time. */
    public Model model() {
        return RandomWeights.into(build(), 0.4f, 1);
    }

    /** Random inputs for a model of the zoo. */
    public static List<Tensor> inputs(Model model, int batch, int time) {
        List<Tensor> inputs = new ArrayList<>();
        for (Shape declared : model.inputShapes()) {
            Shape shape = declared.with(0, batch);
            shape = shape.rank() == 3 ? shape.with(1, time) : shape;
            inputs.add(Tensor.of(EnginePass.uniform((int) shape.elements(), 1.5f, 100 + inputs.size()),
                    shape.toArray()));
        }
        return inputs;
    }

    /** Some samples of a batch. */
    static Tensor samples(Tensor all, int first, int count) {
        long each = all.shape().elements() / all.shape().dim(0);
        float[] values = new float[(int) (count * each)];
        System.arraycopy(all.toArray(), (int) (first * each), values, 0, values.length);
        return Tensor.of(values, all.shape().with(0, count).toArray());
    }

    /** Some steps of a batch of sequences. */
    static Tensor steps(Tensor all, int first, int count) {
        Shape shape = all.shape();
        Tensor part = Tensor.zeros(shape.dim(0), count, shape.last());
        for (int b = 0; b < shape.dim(0); b++) {
            for (int t = 0; t < count; t++) {
                for (int i = 0; i < shape.last(); i++) {
                    part.set(all.get(b, first + t, i), b, t, i);
                }
            }
        }
        return part;
    }
}
