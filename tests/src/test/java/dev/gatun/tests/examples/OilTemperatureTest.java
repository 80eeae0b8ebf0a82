package dev.gatun.tests.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatun.layers.Node;
import dev.gatun.tests.Shared;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Issue H: a stack of LSTMs forecasts a day of ETTh1 with a mean square error of at most 0.56 after less than three minutes. */
final class OilTemperatureTest {

    private static OilTemperature data() throws IOException {
        Optional<Path> file = Shared.find("data/ETTh1.csv");
        assumeTrue(file.isPresent(), Shared.ABSENT);
        return OilTemperature.read(file.orElseThrow());
    }

    /** The data and the measure are those of the field: a figure that is known. */
    @Test
    void stayingAsItIs() throws IOException {
        assertEquals(1.222, data().errorOfStaying(), 0.001);
    }

    @Test
    @Tag("thorough")
    void aStackOfLstmsForecastsADay() throws IOException {
        holds(OilTemperature::lstms, 0.56);
    }

    @Test
    @Tag("thorough")
    void soDoConvolutionAndAttention() throws IOException {
        holds(OilTemperature::convolutionAndAttention, 0.56);
    }

    private static void holds(UnaryOperator<Node> layers, double most) throws IOException {
        OilTemperature data = data();
        long begin = System.nanoTime();
        double error = data.testError(layers, 2);
        Duration taken = Duration.ofNanos(System.nanoTime() - begin);
        System.out.println("OilTemperature: " + error + " after " + taken);
        assertTrue(error <= most, () -> "mean square error " + error);
        assertTrue(taken.compareTo(Duration.ofMinutes(3)) < 0, () -> "it took " + taken);
    }
}
