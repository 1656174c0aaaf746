using SsaShare.Domain;
using SsaShare.Tests;

namespace SsaShare.Orbits.Tests;

/// <summary>The test cases of the IERS routine DEHANTTIDEINEL (IERS Conventions (2010), chapter 7 software), metres.</summary>
public class SolidEarthTideTests
{
    public static TheoryData<string, double[], double[], double[], double[]> Cases => new()
    {
        { "2009-04-13T00:00:00", [4075578.385, 931852.890, 4801570.154], [137859926952.015, 54228127881.4350, 23509422341.6960],
            [-179996231.920342, -312468450.131567, -169288918.592160], [0.07700420357108125891, 0.06304056321824967613, 0.05516568152597246810] },
        { "2012-07-13T00:00:00", [1112189.660, -4842955.026, 3985352.284], [-54537460436.2357, 130244288385.279, 56463429031.5996],
            [300396716.912, 243238281.451, 120548075.939], [-0.02036831479592075833, 0.05658254776225972449, -0.07597679676871742227] },
        { "2015-07-15T00:00:00", [1112200.5696, -4842957.8511, 3985345.9122], [100210282451.6279, 103055630398.3160, 56855096480.4475],
            [369817604.4348, 1897917.5258, 120804980.8284], [0.00509570869172363845, 0.0828663025983528700, -0.0636634925404189617] },
    };

    [Theory, MemberData(nameof(Cases))]
    public void Displacement_CasesOfTheConventions_WithinFiftyMicrometres(string utc, double[] station, double[] sun, double[] moon, double[] expected)
    {
        var epoch = Testing.At(utc);
        // The routine takes its argument for UT; UTC will do.
        var moved = SolidEarthTide.DisplacementKm(Km(station), Km(sun), Km(moon), epoch, Fk5.MeanSiderealTimeRad(epoch, UtcMinusTai(utc)));
        double off = (moved - Km(expected)).Norm * 1e9;
        Figure.Say($"solid tide of the ground, case of {utc[..4]}", "routine of the IERS Conventions", "distance", off, "µm");
        Assert.InRange(off, 0, 50);
    }

    [Fact]
    public void Displacement_MoonOverHead_LiftsTheGround()
    {
        Vector3d station = new(6_378, 0, 0), moon = new(384_400, 0, 0), sun = new(0, 0, 1.5e8);
        var moved = SolidEarthTide.DisplacementKm(station, sun, moon, Testing.At("2016-02-13T00:00:00"), 0);
        // 0.609 of 0.358 m by the Moon, less 0.305 of 0.164 m by the Sun at a right angle.
        Assert.InRange(moved.X * 1e3, 0.609 * 0.358 - 0.609 * 0.082 - 0.02, 0.609 * 0.358 - 0.609 * 0.082 + 0.02);
    }

    private static Vector3d Km(double[] m) => new Vector3d(m[0], m[1], m[2]) / 1_000;

    private static double UtcMinusTai(string utc) => utc.StartsWith("2015", StringComparison.Ordinal) ? -36 : utc.StartsWith("2012", StringComparison.Ordinal) ? -35 : -34;
}
