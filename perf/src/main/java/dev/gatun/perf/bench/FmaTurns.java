package dev.gatun.perf.bench;

import dev.gatun.perf.paired.Contender;
import dev.gatun.perf.roof.FmaChains;

/** Arithmetic in registers alone: what it takes says how fast the machine is at the moment. */
final class FmaTurns implements Contender {

    private static final int TURNS = 20_000;

    private float made;

    @Override
    public void run() {
        made = FmaChains.run(TURNS, 0.999f, 0.001f);
    }

    @Override
    public float[] result() {
        return new float[] {made};
    }

    @Override
    public void close() {
        // holds nothing
    }
}
