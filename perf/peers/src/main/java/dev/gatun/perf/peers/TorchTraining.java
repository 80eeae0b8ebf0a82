package dev.gatun.perf.peers;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Adam;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import dev.gatun.perf.workload.Net;
import dev.gatun.perf.paired.Contender;
import dev.gatun.perf.paired.Material;
import dev.gatun.perf.paired.OurTraining;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/** DJL's own training loop: forward, mean squared error, backward, Adam. */
final class TorchTraining implements Contender {

    private final TorchNet net;
    private final Model model;
    private final Trainer trainer;
    private final NDManager manager;
    private final NDArray x;
    private final NDArray y;

    TorchTraining(Net shape, Material material) {
        this.net = TorchNet.of(shape);
        net.freezeAdded();
        this.model = Model.newInstance("peer", Device.cpu(), "PyTorch");
        model.setBlock(net.block());
        Optimizer adam = Adam.builder().optLearningRateTracker(Tracker.fixed(OurTraining.RATE))
                .optEpsilon(OurTraining.EPSILON).build();
        this.trainer = model.newTrainer(new DefaultTrainingConfig(Loss.l2Loss("mse", 1f)).optOptimizer(adam)
                .optDevices(new Device[] {Device.cpu()}));
        trainer.initialize(net.inputShape());
        net.load(material);
        this.manager = trainer.getManager();
        this.x = net.input(manager, material);
        this.y = net.targets(manager, material);
    }

    @Override
    public void run() {
        try (NDManager step = manager.newSubManager()) {
            attach(step);
            try (GradientCollector collector = trainer.newGradientCollector()) {
                collector.backward(loss());
            }
            trainer.step();
            attach(manager);
        }
    }

    private NDArray loss() {
        return trainer.getLoss().evaluate(new NDList(y), trainer.forward(new NDList(x)));
    }

    /** What is made from an array belongs to the array's manager, and is freed with it. */
    private void attach(NDManager owner) {
        x.attach(owner);
        y.attach(owner);
    }

    @Override
    public float[] result() {
        List<float[]> parts = new ArrayList<>();
        try (NDManager pass = manager.newSubManager()) {
            attach(pass);
            try (GradientCollector collector = trainer.newGradientCollector()) {
                NDArray loss = loss();
                collector.backward(loss);
                parts.add(new float[] {loss.getFloat()});
                parts.addAll(net.gradients());
                // DJL's update leaves gradients at zero; without one the next pass would add to these.
                collector.zeroGradients();
            }
            attach(manager);
        }
        FloatBuffer all = FloatBuffer.allocate(parts.stream().mapToInt(part -> part.length).sum());
        parts.forEach(all::put);
        return all.array();
    }

    @Override
    public void close() {
        trainer.close();
        model.close();
    }
}
