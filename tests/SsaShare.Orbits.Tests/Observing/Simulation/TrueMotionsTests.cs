using SsaShare.Domain;
using static SsaShare.Orbits.Tests.SimulatedScene;

namespace SsaShare.Orbits.Tests;

public sealed class TrueMotionsTests
{
    [Fact]
    public void TryAt_AfterManyWindows_IsTheOrbitFromTheStart()
    {
        var objects = LowObjects(5);
        var truth = new TrueMotions(objects, TruePropagator, Start, 2);
        for (int window = 1; window <= 12; window++) truth.Advance(Start.PlusSeconds(3_600 * window), 60);
        var instant = Start.PlusSeconds(11.4 * 3_600);
        double worst = 0;
        for (int i = 0; i < objects.Count; i++)
        {
            Assert.True(truth.TryAt(i, instant, out var position, out _));
            Assert.True(TruePropagator.TryPropagate(objects[i].Start, objects[i].Surface, instant, withPartials: false, out var state));
            worst = Math.Max(worst, position.DistanceTo(state.PositionKm));
        }
        Figure.Say("Simulation, true motion in windows of an hour, 12 h, low orbits", "the same in one go", "max", 1e6 * worst, "mm");
        Assert.InRange(worst, 0, 1e-4);
        Assert.False(truth.TryAt(0, Start.PlusSeconds(3_600), out _, out _));
    }

    [Fact]
    public void TryAt_ObjectsThatBeginEndAndFall_AreThereInTheirTimeOnly()
    {
        var orbit = LowObjects(1)[0];
        var later = Start.PlusSeconds(5_000);
        SimulatedObject[] objects =
        [
            orbit with { Start = new CartesianState(later, Frame.Gcrf, orbit.Start.PositionKm, orbit.Start.VelocityKmPerS) },
            orbit with { Ends = later },
            orbit with { Start = new CartesianState(Start, Frame.Gcrf, orbit.Start.PositionKm, 0.9 * orbit.Start.VelocityKmPerS) },
            orbit with { Start = new CartesianState(Start.PlusSeconds(-7_200), Frame.Gcrf, orbit.Start.PositionKm, orbit.Start.VelocityKmPerS) },
        ];
        var truth = new TrueMotions(objects, TruePropagator, Start, 1);
        truth.Advance(Start.PlusSeconds(3_600), 60);
        Assert.Equal([false, true, true, true], There(Start.PlusSeconds(1)));
        Assert.Equal([false, true, false, true], There(Start.PlusSeconds(3_600)));
        truth.Advance(Start.PlusSeconds(7_200), 60);
        Assert.Equal([false, true, false, true], There(later.PlusSeconds(-1)));
        Assert.Equal([true, false, false, true], There(later.PlusSeconds(1)));
        Assert.Throws<ArgumentException>(() => truth.Advance(Start, 0));

        bool[] There(Epoch epoch) => [.. Enumerable.Range(0, objects.Length).Select(i => truth.TryAt(i, epoch, out _, out _))];
    }

    [Fact]
    public void Advance_BeyondTheTableOfTheEarth_Throws()
    {
        var truth = new TrueMotions(LowObjects(1), TruePropagator, Testing.At("1997-02-28T12:00:00Z"), 1);
        var thrown = Assert.Throws<AggregateException>(() => truth.Advance(Testing.At("1997-03-20T12:00:00Z"), 0));
        Assert.IsType<ArgumentOutOfRangeException>(thrown.InnerException);
    }
}
