package dev.gatun.tests.bits;

import dev.gatun.layers.Dense;
import dev.gatun.layers.Input;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.RecurrentOutput;
import dev.gatun.layers.TimeDistributed;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.layers.serve.ModelStream;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.StatefulInputs;
import dev.gatun.tests.kernels.Bits;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Step by step is the whole sequence, and a sequence may be cut anywhere: {@code ==}, no tolerance. */
final class StepBitsTest {

    private static final int TIME = 7;

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 2", "1, 3", "2, 1", "5, 1", "9, 2", "17, 1", "17, 4"})
    void aStreamStepByStep(int batch, int threads) {
        List<Model> models = List.of(
                Zoo.OTHER.model(),
                Sequential.of(Input.sequence(5), Lstm.units(33).returnSequences(),
                        Lstm.units(17).returnSequences(), TimeDistributed.of(Dense.units(3).activation("tanh"))));
        for (Model model : models) {
            try (model; ModelStream stream = model.stream(batch, threads)) {
                Tensor x = Zoo.inputs(model, batch, TIME).getFirst();
                Tensor whole = model.predict(x);
                for (int round = 1; round <= 2; round++) {
                    for (int t = 0; t < TIME; t++) {
                        float[] result = new float[stream.outputLength()];
                        stream.step(MemorySegment.ofArray(Zoo.steps(x, t, 1).toArray()),
                                MemorySegment.ofArray(result));
                        Bits.same(result, Zoo.steps(whole, t, 1).toArray(),
                                model.name() + ", step " + t + ", round " + round);
                    }
                    stream.reset();
                }
            }
        }
    }

    /** A model that returns its last step: after t steps a stream has seen the sequence of length t. */
    @Test
    void aStreamOfAModelOfTheLastStep() {
        try (Model model = Zoo.STACK.model(); ModelStream stream = model.stream()) {
            Tensor x = Zoo.inputs(model, 1, TIME).getFirst();
            for (int t = 0; t < TIME; t++) {
                float[] result = new float[stream.outputLength()];
                stream.step(MemorySegment.ofArray(Zoo.steps(x, t, 1).toArray()), MemorySegment.ofArray(result));
                Bits.same(result, model.predict(Zoo.steps(x, 0, t + 1)).toArray(), "after step " + t);
            }
        }
    }

    /** Trained on windows of 4 in batches of 6, a model may serve one series step by step for ever. */
    @Test
    void aStreamIsNotBoundToTheDeclaredBatchAndLength() {
        try (Model declared = Sequential.of(Input.batchShape(6, 4, 5), Lstm.units(7), Dense.units(2));
                Model free = Sequential.of(Input.sequence(5), Lstm.units(7), Dense.units(2));
                ModelStream stream = declared.stream()) {
            Tensor x = Zoo.inputs(free, 1, TIME).getFirst();
            float[] result = new float[stream.outputLength()];
            for (int t = 0; t < TIME; t++) {
                stream.step(MemorySegment.ofArray(Zoo.steps(x, t, 1).toArray()), MemorySegment.ofArray(result));
            }
            Bits.same(result, free.predict(x).toArray(), "after " + TIME + " steps");
        }
    }

    /** Streams of one model do not see each other. */
    @Test
    void twoStreamsSideBySide() {
        try (Model model = Zoo.STACK.model(); ModelStream one = model.stream(); ModelStream other = model.stream()) {
            Tensor x = Zoo.inputs(model, 2, TIME).getFirst();
            float[] first = new float[one.outputLength()];
            float[] second = new float[other.outputLength()];
            for (int t = 0; t < TIME; t++) {
                Tensor step = Zoo.steps(x, t, 1);
                one.step(MemorySegment.ofArray(Zoo.samples(step, 0, 1).toArray()), MemorySegment.ofArray(first));
                other.step(MemorySegment.ofArray(Zoo.samples(step, 1, 1).toArray()), MemorySegment.ofArray(second));
            }
            Tensor expected = model.predict(x);
            Bits.same(first, Zoo.samples(expected, 0, 1).toArray(), "one");
            Bits.same(second, Zoo.samples(expected, 1, 1).toArray(), "other");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 6, 17})
    void aSequenceCutAnywhereWithItsStateCarried(int batch) {
        try (Model model = oneLayer()) {
            List<Tensor> inputs = Zoo.inputs(model, batch, TIME);
            List<Tensor> whole = model.predict(inputs);
            for (int cut = 1; cut < TIME; cut++) {
                List<Tensor> begin = model.predict(List.of(Zoo.steps(inputs.get(0), 0, cut), inputs.get(1),
                        inputs.get(2)));
                List<Tensor> end = model.predict(List.of(Zoo.steps(inputs.get(0), cut, TIME - cut), begin.get(1),
                        begin.get(2)));
                String what = "cut after step " + cut;
                Bits.same(begin.get(0).toArray(), Zoo.steps(whole.get(0), 0, cut).toArray(), what + ", begin");
                Bits.same(end.get(0).toArray(), Zoo.steps(whole.get(0), cut, TIME - cut).toArray(), what + ", end");
                Bits.same(end.get(1).toArray(), whole.get(1).toArray(), what + ", h");
                Bits.same(end.get(2).toArray(), whole.get(2).toArray(), what + ", c");
            }
        }
    }

    private static Model oneLayer() {
        StatefulInputs inputs = StatefulInputs.of(Input.sequence(5), 33);
        RecurrentOutput lstm = inputs.through(Lstm.units(33).returnSequences().returnState());
        return inputs.to(lstm, lstm.state().h(), lstm.state().c());
    }
}
