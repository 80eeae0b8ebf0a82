package dev.gatun.tests.bits;

import dev.gatun.layers.model.Model;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.gradients.EnginePass;
import dev.gatun.tests.kernels.Bits;
import java.util.List;

/** One thread, and two to four: the same bits. */
public final class ThreadBits {

    private ThreadBits() {}

    /** Outputs and gradients of a pass forward and backward. */
    public static void check(Model model, List<Tensor> inputs, List<float[]> cotangents, String what) {
        model.threads(1);
        float[] alone = EnginePass.of(model, inputs, cotangents).all();
        for (int threads = 2; threads <= 4; threads++) {
            model.threads(threads);
            Bits.same(EnginePass.of(model, inputs, cotangents).all(), alone, what + ", threads " + threads);
        }
    }
}
