package dev.gatun.tests.rebuilt;

import dev.gatun.layers.KernelLayer;

/** The options of whatever has a kernel and a bias. */
final class Kernels {

    private Kernels() {}

    static <L extends KernelLayer<L>> L kernel(L layer, Options options) {
        return layer.useBias(options.flag("use_bias"))
                .kernelInitializer(options.initializer("kernel_initializer"))
                .biasInitializer(options.initializer("bias_initializer"))
                .kernelRegularizer(options.regularizer("kernel_regularizer"))
                .biasRegularizer(options.regularizer("bias_regularizer"))
                .kernelConstraint(options.constraint("kernel_constraint"))
                .biasConstraint(options.constraint("bias_constraint"));
    }
}
