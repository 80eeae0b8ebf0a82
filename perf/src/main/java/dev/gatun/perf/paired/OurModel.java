package dev.gatun.perf.paired;

import dev.gatun.layers.model.Model;
import dev.gatun.memory.TensorArena;
import dev.gatun.perf.workload.Net;

/** A model of Gatun's at work, and the memory for what goes in and out. */
abstract class OurModel implements Contender {

    final Model model;
    final TensorArena arena = TensorArena.open(getClass().getSimpleName());

    OurModel(Net net, int threads) {
        this.model = net.model().threads(threads);
    }

    @Override
    public void close() {
        model.close();
        arena.close();
    }
}
