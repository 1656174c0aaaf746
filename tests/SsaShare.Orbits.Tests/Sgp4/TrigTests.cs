using System.Runtime.Intrinsics;

namespace SsaShare.Orbits.Tests;

/// <summary>The angles in lanes against the processor's library.</summary>
public sealed class TrigTests
{
    [Fact]
    public void SinCos_AnglesUpToABillion_WithinThreeUnitsOfTheLibrary()
    {
        var random = new Random(5);
        for (int i = 0; i < 200_000; i++)
        {
            double x = (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-8, 10));
            Trig512.SinCos(Vector512.Create(x), out var sin, out var cos);
            Trig256.SinCos(Vector256.Create(x), out var sin4, out var cos4);
            Assert.InRange(sin[0] - Math.Sin(x), -3e-16, 3e-16);
            Assert.InRange(cos[7] - Math.Cos(x), -3e-16, 3e-16);
            Assert.Equal((sin[3], cos[3]), (sin4[1], cos4[2]));
        }
    }

    [Fact]
    public void Turn_SmallAndLargeAngles_AddsThem()
    {
        var random = new Random(6);
        for (int i = 0; i < 100_000; i++)
        {
            double start = 10 * random.NextDouble(), angle = (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-6, 2));
            var (sin, cos) = (Vector512.Create(Math.Sin(start)), Vector512.Create(Math.Cos(start)));
            Trig512.Turn(Vector512.Create(angle), ref sin, ref cos);
            Assert.InRange(sin[1] - (Math.Sin(start) * Math.Cos(angle) + Math.Cos(start) * Math.Sin(angle)), -4e-16, 4e-16);
            Assert.InRange(cos[2] - (Math.Cos(start) * Math.Cos(angle) - Math.Sin(start) * Math.Sin(angle)), -4e-16, 4e-16);
        }
    }

    [Fact]
    public void Atan2_AllQuadrants_WithinAUnitOfTheLibrary()
    {
        var random = new Random(8);
        for (int i = 0; i < 100_000; i++)
        {
            double y = (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-9, 2)), x = (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-9, 2));
            Assert.InRange(Trig512.Atan2(Vector512.Create(y), Vector512.Create(x))[4] - Math.Atan2(y, x), -7e-16, 7e-16);
        }
    }

    [Fact]
    public void Remainder_AnglesOfManyTurns_IsThatOfDivision()
    {
        var random = new Random(9);
        for (int i = 0; i < 100_000; i++)
        {
            double x = (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(0, 8));
            Assert.Equal(x % Math.Tau, Trig512.Remainder(Vector512.Create(x))[0]);
            Assert.InRange(Math.Abs(Math.IEEERemainder(x, Math.Tau) - Trig512.Reduce(Vector512.Create(x))[0]), 0, 1e-15);
        }
    }
}
