package dev.gatun.tests.train;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.layers.AveragePooling1D;
import dev.gatun.layers.Constraint;
import dev.gatun.layers.Conv1D;
import dev.gatun.layers.Conv1DTranspose;
import dev.gatun.layers.Cropping1D;
import dev.gatun.layers.Dense;
import dev.gatun.layers.DepthwiseConv1D;
import dev.gatun.layers.GlobalAveragePooling1D;
import dev.gatun.layers.Input;
import dev.gatun.layers.MaxPooling1D;
import dev.gatun.layers.Regularizer;
import dev.gatun.layers.SeparableConv1D;
import dev.gatun.layers.UpSampling1D;
import dev.gatun.layers.Weight;
import dev.gatun.layers.ZeroPadding1D;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.layers.train.Adam;
import dev.gatun.layers.train.History;
import dev.gatun.layers.train.Loss;
import dev.gatun.layers.train.Trainer;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.NormalTensor;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stack of convolutions and poolings in a training: it learns, its bits are the same, and its constraints hold. */
final class ConvolutionTrainingTest {

    private static final int SAMPLES = 40;
    private static final int TIME = 14;
    private static final Tensor X = NormalTensor.of(1, SAMPLES, TIME, 5);
    private static final Tensor Y = targets();

    @TempDir
    private Path folder;

    /** How much the first feature rises from step to step where it does. */
    private static Tensor targets() {
        float[] y = new float[SAMPLES];
        for (int sample = 0; sample < SAMPLES; sample++) {
            for (int t = 1; t < TIME; t++) {
                int at = (sample * TIME + t) * 5;
                y[sample] += Math.max(0, X.toArray()[at] - X.toArray()[at - 5]) / TIME;
            }
        }
        return Tensor.of(y, SAMPLES, 1);
    }

    private static Model model() {
        Model model = Sequential.of(Input.sequence(5),
                Conv1D.of(18, 3).padding("same").activation("relu").kernelRegularizer(Regularizer.l2(1e-4)),
                Conv1D.of(8, 2).groups(2).kernelConstraint(Constraint.maxNorm(0.5)),
                DepthwiseConv1D.of(2).depthMultiplier(3).padding("same").activation("tanh")
                        .depthwiseRegularizer(Regularizer.l1(1e-4)),
                MaxPooling1D.of(2), Conv1DTranspose.of(5, 3).strides(2).padding("same"), ZeroPadding1D.of(1),
                SeparableConv1D.of(7, 2).activation("swish").biasRegularizer(Regularizer.l2(1e-3)), Cropping1D.of(1),
                UpSampling1D.of(2), AveragePooling1D.of(3), GlobalAveragePooling1D.of(), Dense.units(1));
        model.initialize(9);
        return model;
    }

    private static Trainer trainer(Model model) {
        return Trainer.of(model).optimizer(Adam.rate(0.01)).loss(Loss.MSE).batchSize(8).seed(77);
    }

    private static int[] straight(int threads, int epochs) {
        try (Model model = model().threads(threads)) {
            trainer(model).epochs(epochs).fit(X, Y);
            return Toy.bits(model);
        }
    }

    @Test
    void itLearnsAndHoldsItsConstraints() {
        try (Model model = model()) {
            History history = trainer(model).epochs(30).fit(X, Y);
            double first = history.of("loss")[0];
            double last = history.last("loss");
            assertTrue(last < first / 3, "from " + first + " to " + last);
            Weight kernel = model.weight("conv1d_1/kernel");
            float[] numbers = kernel.get().toArray();
            int columns = numbers.length / 2;
            for (int column = 0; column < columns; column++) {
                double norm = Math.hypot(numbers[column], numbers[columns + column]);
                assertTrue(norm <= 0.5001, "along the taps " + norm);
            }
        }
    }

    @Test
    void anyNumberOfThreadsGivesTheSameBits() {
        int[] expected = straight(1, 3);
        for (int threads : new int[] {2, 3}) {
            Toy.requireSameBits(expected, straight(threads, 3), threads + " threads");
        }
    }

    @Test
    void aTrainingResumedIsAStraightOne() throws IOException {
        int[] expected = straight(1, 4);
        try (Model model = model()) {
            trainer(model).epochs(2).fit(X, Y);
            Path file = folder.resolve("half.gatun");
            model.save(file);
            try (Model loaded = Model.load(file)) {
                trainer(loaded).epochs(4).resume().fit(X, Y);
                Toy.requireSameBits(expected, Toy.bits(loaded), "resumed");
            }
        }
    }

    /** What groups and transposed kernels read beside their columns never reaches a weight's padding. */
    @Test
    void paddingsStayZero() {
        try (Model model = model()) {
            trainer(model).epochs(2).fit(X, Y);
            int[] trained = Toy.bits(model);
            for (Weight weight : model.weights()) {
                Tensor values = weight.get();
                weight.set(values);
            }
            Toy.requireSameBits(trained, Toy.bits(model), "written again without paddings");
        }
    }
}
