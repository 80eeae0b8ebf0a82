package dev.gatun.layers.runtime;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.memory.ParameterBlock;
import dev.gatun.memory.TensorArena;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who reads which numbers while a training changes them in place. */
final class WeightVersionsTest {

    private final TensorArena arena = TensorArena.open("versions");
    private final TensorArena copies = TensorArena.open("copies");
    private final WeightVersion own = new WeightVersion(block(), block());
    private final WeightVersions versions = new WeightVersions(own);

    private ParameterBlock block() {
        ParameterBlock.Layout layout = new ParameterBlock.Layout();
        layout.add("w", 64);
        return layout.allocate(arena, "weights");
    }

    @AfterEach
    void close() {
        copies.close();
        arena.close();
    }

    private static void fill(WeightVersion version, float number) {
        version.parameters().segment().set(JAVA_FLOAT, 60, number);
        version.buffers().segment().set(JAVA_FLOAT, 60, -number);
    }

    private static void holds(WeightVersion version, float number) {
        assertEquals(number, version.parameters().segment().get(JAVA_FLOAT, 60));
        assertEquals(-number, version.buffers().segment().get(JAVA_FLOAT, 60));
    }

    private static WeightVersion read(WeightVersions.Reader reader) {
        WeightVersion version = reader.enter();
        reader.exit();
        return version;
    }

    @Test
    void whileNobodyTrainsTheOwnNumbersAreRead() {
        WeightVersions.Reader reader = versions.reader();
        assertFalse(versions.isRead(own));
        assertSame(own, reader.enter());
        assertTrue(versions.isRead(own));
        reader.exit();
        assertFalse(versions.isRead(own));
    }

    @Test
    void aTrainingIsSeenWhenItPublishes() {
        fill(own, 1);
        WeightVersions.Reader reader = versions.reader();
        try (WeightPublisher publisher = versions.publisher(copies)) {
            WeightVersion first = read(reader);
            assertNotSame(own, first);
            holds(first, 1);
            fill(own, 2);
            holds(read(reader), 1);
            publisher.publish();
            holds(read(reader), 2);
            fill(own, 3);
            publisher.restore();
            holds(own, 2);
            holds(read(reader), 2);
        }
        assertSame(own, read(reader));
    }

    /** Two copies are enough as long as no run goes on for longer than a training's epoch. */
    @Test
    void aVersionThatIsReadStaysAsItIs() {
        fill(own, 1);
        WeightVersions.Reader slow = versions.reader();
        WeightVersions.Reader quick = versions.reader();
        try (WeightPublisher publisher = versions.publisher(copies)) {
            WeightVersion first = slow.enter();
            long one = copies.allocatedBytes();
            for (int number = 2; number < 6; number++) {
                fill(own, number);
                publisher.publish();
                holds(first, 1);
                holds(read(quick), number);
            }
            assertEquals(3 * one, copies.allocatedBytes(), "what is read, what was published last, and the next");
            slow.exit();
        }
    }

    @Test
    void copiesTakeTurns() {
        WeightVersions.Reader reader = versions.reader();
        try (WeightPublisher publisher = versions.publisher(copies)) {
            long one = copies.allocatedBytes();
            WeightVersion first = read(reader);
            publisher.publish();
            assertNotSame(first, read(reader));
            publisher.publish();
            assertSame(first, read(reader));
            assertEquals(2 * one, copies.allocatedBytes());
        }
    }

    /** Then one copy is enough, and it is what a later reader and the training's fall back see. */
    @Test
    void withoutReadersTheCopyIsWrittenWhereItIs() {
        fill(own, 1);
        try (WeightPublisher publisher = versions.publisher(copies)) {
            long one = copies.allocatedBytes();
            fill(own, 2);
            publisher.publish();
            assertEquals(one, copies.allocatedBytes());
            fill(own, 3);
            holds(read(versions.reader()), 2);
            publisher.restore();
            holds(own, 2);
        }
    }

    /** A training waits for runs that read the network's own numbers, and its end for those that read a copy. */
    @Test
    void theBeginningAndTheEndWaitForRuns() throws InterruptedException {
        WeightVersions.Reader reader = versions.reader();
        reader.enter();
        WeightPublisher[] publisher = new WeightPublisher[1];
        Thread begins = Thread.ofPlatform().start(() -> publisher[0] = versions.publisher(copies));
        begins.join(100);
        assertTrue(begins.isAlive(), "the own numbers are read");
        reader.exit();
        begins.join();
        WeightVersion copy = reader.enter();
        assertNotSame(own, copy);
        Thread ends = Thread.ofPlatform().start(() -> publisher[0].close());
        ends.join(100);
        assertTrue(ends.isAlive(), "the copy is read");
        reader.exit();
        ends.join();
        assertSame(own, read(reader));
    }
}
