package dev.gatun.tests.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.engine.team.Team;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A team runs each job once on every member, meets at barriers, survives failures, and ends. */
@Timeout(60)
final class TeamTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void everyMemberRunsEveryJobOnce(int size) {
        try (Team team = new Team(size)) {
            assertEquals(size, team.size());
            AtomicIntegerArray runs = new AtomicIntegerArray(size);
            for (int i = 0; i < 300; i++) {
                team.run((member, count) -> {
                    assertEquals(size, count);
                    runs.incrementAndGet(member);
                });
            }
            for (int member = 0; member < size; member++) {
                assertEquals(300, runs.get(member), "member " + member);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void nobodyPassesABarrierBeforeAllAreThere(int size) {
        try (Team team = new Team(size)) {
            int[] plain = new int[16 * size]; // not atomic: a barrier also makes writes visible
            for (int run = 0; run < 20; run++) {
                team.run((member, count) -> {
                    for (int phase = 1; phase <= 20; phase++) {
                        plain[16 * member] = phase;
                        team.barrier();
                        for (int other = 0; other < count; other++) {
                            assertEquals(phase, plain[16 * other], "member " + other + " seen by " + member);
                        }
                        team.barrier();
                    }
                });
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "2, 0", "2, 1", "3, 1", "4, 0", "4, 3"})
    void aFailureReachesTheCallerAndTheTeamGoesOn(int size, int failing) {
        try (Team team = new Team(size)) {
            for (Throwable thrown : new Throwable[] {new IllegalArgumentException("mine"), new StackOverflowError()}) {
                Throwable caught = assertThrows(Throwable.class, () -> team.run((member, count) -> {
                    team.barrier();
                    if (member == failing) {
                        throw sneaky(thrown);
                    }
                    team.barrier(); // would wait for ever, if nobody told the others
                }));
                assertSame(thrown, caught);
                int[] ran = new int[size];
                team.run((member, count) -> {
                    team.barrier();
                    ran[member] = 1;
                    team.barrier();
                });
                int[] all = new int[size];
                java.util.Arrays.fill(all, 1);
                assertArrayEquals(all, ran);
            }
        }
    }

    private static RuntimeException sneaky(Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        return (RuntimeException) thrown;
    }

    @Test
    void membersWakeUpAfterTheyHaveParked() throws InterruptedException {
        try (Team team = new Team(3)) {
            int[] sum = new int[3];
            for (int i = 0; i < 5; i++) {
                Thread.sleep(20);
                team.run((member, count) -> sum[member]++);
            }
            assertArrayEquals(new int[] {5, 5, 5}, sum);
        }
    }

    @Test
    void aClosedTeamRefusesAndItsThreadsEnd() throws InterruptedException {
        for (int size : new int[] {1, 3}) {
            Team team = new Team(size);
            Thread[] worker = new Thread[size];
            team.run((member, count) -> worker[member] = Thread.currentThread());
            assertSame(Thread.currentThread(), worker[0], "the caller is member 0");
            team.close();
            String message = assertThrows(IllegalStateException.class, () -> team.run((member, count) -> {}))
                    .getMessage();
            assertTrue(message.contains("closed"), message);
            for (int member = 1; member < size; member++) {
                worker[member].join(10_000);
                assertTrue(!worker[member].isAlive(), "member " + member + " has ended");
            }
        }
    }

    /** Whoever closes a team at work waits for the job; nobody waits for a member that has gone. */
    @Test
    void closingWhileJobsRun() throws InterruptedException {
        for (int round = 0; round < 200; round++) {
            Team team = new Team(2);
            Thread caller = Thread.ofPlatform().start(() -> {
                try {
                    while (true) {
                        team.run((member, count) -> team.barrier());
                    }
                } catch (IllegalStateException closed) {
                    return;
                }
            });
            Thread.sleep(0, 100_000);
            team.close();
            caller.join(10_000);
            assertTrue(!caller.isAlive(), "round " + round + ": the caller waits for a member that has ended");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 1025, Integer.MAX_VALUE})
    void sizesThatCannotBeAreRefused(int size) {
        String message = assertThrows(IllegalArgumentException.class, () -> new Team(size)).getMessage();
        assertTrue(message.contains("1 to 1024") && message.contains(String.valueOf(size)), message);
    }
}
