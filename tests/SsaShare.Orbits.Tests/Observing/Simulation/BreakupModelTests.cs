using SsaShare.Domain;

namespace SsaShare.Orbits.Tests;

public sealed class BreakupModelTests
{
    private const int Many = 20_000;

    [Theory]
    [InlineData(BrokenBody.Spacecraft, BreakupCause.Collision)]
    [InlineData(BrokenBody.UpperStage, BreakupCause.Explosion)]
    public void Pieces_Velocities_FollowTheLawOfTheModel(BrokenBody body, BreakupCause cause)
    {
        var parent = Testing.LowOrbit;
        var pieces = BreakupModel.Pieces(parent, body, cause, Many, "piece ", 3);
        double sum = 0, squares = 0;
        Vector3d directions = default;
        foreach (var piece in pieces)
        {
            Assert.Equal((parent.Epoch, parent.PositionKm), (piece.Start.Epoch, piece.Start.PositionKm));
            var kick = piece.Start.VelocityKmPerS - parent.VelocityKmPerS;
            // Drag coefficient 2.2; the law is of metres and seconds.
            double logAreaToMass = Math.Log10(piece.Surface.BallisticM2PerKg / 2.2);
            double normal = (Math.Log10(1_000 * kick.Norm) - (cause == BreakupCause.Explosion ? 0.2 * logAreaToMass + 1.85 : 0.9 * logAreaToMass + 2.9)) / 0.4;
            (sum, squares, directions) = (sum + normal, squares + normal * normal, directions + kick.Unit());
        }
        Assert.InRange(sum / Many, -0.035, 0.035);
        Assert.InRange(squares / Many, 0.95, 1.05);
        // Of 20,000 unit vectors in all directions the sum is about 140 long.
        Assert.InRange(directions.Norm, 0, 5 * Math.Sqrt(Many));
    }

    [Fact]
    public void Pieces_Sizes_FollowThePowerLawsOfTheCounts()
    {
        double[] sizes = [.. BreakupModel.Pieces(Testing.LowOrbit, BrokenBody.Spacecraft, BreakupCause.Collision, Many, "", 4).Select(piece => piece.DiameterM)];
        Assert.All(sizes, size => Assert.InRange(size, 0.11, 5));
        double share = sizes.Count(size => size > 0.22) / (double)Many;
        Assert.Equal(BreakupModel.CollisionCount(0.22, 900) / BreakupModel.CollisionCount(0.11, 900), share, 0.015);
        // Table of the model: an exploding upper stage makes some 240 pieces above 10 cm.
        Assert.Equal(238.9, BreakupModel.ExplosionCount(0.1), 0.1);
    }

    [Fact]
    public void Pieces_AreasOverMass_OfSpacecraftAreBimodalAboutTheModelsMeans()
    {
        // At 1 m: means -0.95 and -2.0, shares 0.78 and 0.22.
        double[] logs = [.. BreakupModel.Pieces(Testing.LowOrbit, BrokenBody.Spacecraft, BreakupCause.Explosion, Many, "", 5, sizeFromM: 1)
            .Where(piece => piece.DiameterM < 1.1).Select(piece => Math.Log10(piece.Surface.BallisticM2PerKg / 2.2))];
        Assert.True(logs.Length > 1_000);
        Assert.Equal(0.785 * -0.95 + 0.215 * -2.0, logs.Average(), 0.06);
        Assert.Equal(0.20, logs.Count(x => x < -1.5) / (double)logs.Length, 0.05);
    }

    [Fact]
    public void Pieces_SameSeed_AreTheSameAndWrongRequestsThrow()
    {
        Assert.Equal(BreakupModel.Pieces(Testing.LowOrbit, BrokenBody.Spacecraft, BreakupCause.Collision, 20, "p", 9), BreakupModel.Pieces(Testing.LowOrbit, BrokenBody.Spacecraft, BreakupCause.Collision, 20, "p", 9));
        Assert.Throws<ArgumentOutOfRangeException>(() => BreakupModel.Pieces(Testing.LowOrbit, BrokenBody.Spacecraft, BreakupCause.Collision, 20, "p", 9, sizeFromM: 0.05));
        var teme = new CartesianState(Testing.LowOrbit.Epoch, Frame.Teme, Testing.LowOrbit.PositionKm, Testing.LowOrbit.VelocityKmPerS);
        Assert.Throws<ArgumentException>(() => BreakupModel.Pieces(teme, BrokenBody.Spacecraft, BreakupCause.Collision, 20, "p", 9));
    }

    [Fact]
    public void Observations_OfABreakup_ShowTheParentBeforeAndThePiecesAfter()
    {
        var instant = SimulatedScene.Start.PlusSeconds(3_900);
        var parent = SimulatedScene.LowObjects(1)[0] with { Ends = instant };
        Assert.True(SimulatedScene.TruePropagator.TryPropagate(parent.Start, parent.Surface, instant, withPartials: false, out var end));
        SimulatedObject[] objects = [parent, .. BreakupModel.Pieces(end.ToState(), BrokenBody.UpperStage, BreakupCause.Explosion, 50, "piece ", 1)];
        SimulatedSensor[] radars = [.. Enumerable.Range(0, 6).Select(i => SimulatedScene.Radar($"r{i}", latitudeDegrees: -75 + 30 * i))];
        var all = SimulatedScene.Simulate(objects, SimulatedScene.Network(radars), hours: 12).Observations().ToList();
        Assert.Contains(all, one => one.TrueObject > 0);
        Assert.All(all, one => Assert.Equal(one.TrueObject == 0, one.Observation.Epoch < instant));
        Assert.True(all.Where(one => one.TrueObject > 0).Select(one => one.TrueObject).Distinct().Count() > 30);
    }
}
