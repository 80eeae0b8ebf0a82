package dev.gatun.tests.parity;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/** ONNX graphs of others as models of layers, each by its name. */
final class OnnxModelTest {

    @RegisterExtension
    static final Worst WORST = new Worst("parity");

    @TestFactory
    Stream<DynamicTest> oracles() {
        return Case.tests(OnnxModelCases.oracles(WORST));
    }

    @TestFactory
    Stream<DynamicTest> wild() {
        return Case.tests(OnnxModelCases.wild(WORST));
    }

    @TestFactory
    Stream<DynamicTest> nodes() {
        return Case.tests(OnnxModelCases.nodes());
    }

    @TestFactory
    Stream<DynamicTest> fixtures() {
        return Case.tests(OnnxModelCases.fixtures(WORST));
    }
}
