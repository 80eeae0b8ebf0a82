package dev.gatun.tests.mended;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.engine.team.Team;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Issue D, number 2: a team tells a second caller so, where both span for ever; closing it never hangs. */
@Timeout(60)
final class Mended02TeamTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void aSecondCallerIsToldWhoIsInside(int size) throws Exception {
        try (Team team = new Team(size)) {
            CountDownLatch inside = new CountDownLatch(1);
            CountDownLatch leave = new CountDownLatch(1);
            Thread first = Thread.ofPlatform().name("the-first").start(() -> team.run((member, count) -> {
                if (member == 0) {
                    inside.countDown();
                    await(leave);
                }
            }));
            inside.await();
            String message = assertThrows(IllegalStateException.class, () -> team.run((member, count) -> {}))
                    .getMessage();
            assertTrue(message.contains("the-first") && message.contains(Thread.currentThread().getName()), message);
            leave.countDown();
            first.join();
            int[] ran = new int[size];
            team.run((member, count) -> ran[member]++);
            for (int member = 0; member < size; member++) {
                assertEquals(1, ran[member], "the team goes on, member " + member);
            }
        }
    }

    /** The loop that hung: two threads that step as fast as they can. Each call runs, or is refused. */
    @Test
    void twoThreadsAtOnceNeverHang() throws Exception {
        try (Team team = new Team(2)) {
            AtomicReference<Throwable> wrong = new AtomicReference<>();
            Thread[] callers = new Thread[2];
            for (int i = 0; i < callers.length; i++) {
                callers[i] = Thread.ofPlatform().start(() -> {
                    for (int call = 0; call < 20_000; call++) {
                        try {
                            team.run((member, count) -> team.barrier());
                        } catch (IllegalStateException told) {
                            if (!told.getMessage().contains("must wait")) {
                                wrong.set(told);
                            }
                        }
                    }
                });
            }
            for (Thread caller : callers) {
                caller.join();
            }
            assertEquals(null, wrong.get());
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "2, 0", "2, 1", "3, 2"})
    void aJobCannotStartAnotherOnItsTeam(int size, int who) {
        try (Team team = new Team(size)) {
            String message = assertThrows(IllegalStateException.class, () -> team.run((member, count) -> {
                if (member == who) {
                    team.run((other, all) -> {});
                }
            })).getMessage();
            assertTrue(message.contains("cannot start another job"), message);
        }
    }

    /** Whoever is inside a job cannot wait for its end: the team ends after it. */
    @ParameterizedTest
    @CsvSource({"1, 0", "2, 0", "2, 1", "3, 2"})
    void closedByAMemberTheTeamEndsAfterTheJob(int size, int who) throws Exception {
        Team team = new Team(size);
        Thread[] members = new Thread[size];
        team.run((member, count) -> {
            members[member] = Thread.currentThread();
            if (member == who) {
                team.close();
            }
            team.barrier();
        });
        for (int member = 1; member < size; member++) {
            members[member].join(10_000);
            assertFalse(members[member].isAlive(), "member " + member);
        }
        assertThrows(IllegalStateException.class, () -> team.run((member, count) -> {}));
        team.close();
    }

    /** Interrupted or not, close waits for the job that another thread runs. */
    @Test
    void closeWaitsForTheJobOfAnotherThread() throws Exception {
        Team team = new Team(2);
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch leave = new CountDownLatch(1);
        boolean[] done = new boolean[1];
        Thread caller = Thread.ofPlatform().start(() -> team.run((member, count) -> {
            if (member == 0) {
                inside.countDown();
                await(leave);
                done[0] = true;
            }
        }));
        inside.await();
        Thread later = Thread.ofPlatform().start(() -> {
            await(inside);
            Thread.yield();
            leave.countDown();
        });
        Thread.currentThread().interrupt();
        team.close();
        assertTrue(Thread.interrupted(), "the interrupt is kept");
        assertTrue(done[0], "close came back after the job");
        caller.join();
        later.join();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
