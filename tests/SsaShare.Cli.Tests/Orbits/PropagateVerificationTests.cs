using System.Globalization;
using SsaShare.Orbits.Tests;

namespace SsaShare.Cli.Tests.Orbits;

/// <summary>The verification set of AIAA 2006-6753 through the program itself: SGP4-VER.TLE as it is published, against tcppver.out.</summary>
public sealed class PropagateVerificationTests : IDisposable
{
    private readonly OrbitFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Propagate_VerificationSet_GivesPrintedDigitsAndRefusals()
    {
        string[] lines = [.. ReferenceData.Lines("sgp4/SGP4-VER.TLE")];
        double worstKm = 0, worstKmPerS = 0;
        int compared = 0;
        var expected = Expected();
        // Each object's own minutes are the columns behind its second line.
        for (int i = 0, index = 0; i < lines.Length; i++)
        {
            if (!lines[i].StartsWith('2')) continue;
            string[] minutes = lines[i][69..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            string id = lines[i][2..7].TrimStart('0');
            double[][] states = expected[index++];
            if (id == "33334") continue;
            await OrbitFolder.SsaHereAsync("propagate", _folder.Write("one.tle", $"{lines[i - 1]}\n{lines[i]}\n"), "--minutes", $"{minutes[0]}:{minutes[1]}:{minutes[2]}", "-o", _folder.In("one.csv"));
            string[][] rows = OrbitFolder.Rows(await File.ReadAllTextAsync(_folder.In("one.csv")));
            Assert.All(rows, row => Assert.Equal(id, row[0]));
            // The published program also tells minute 0 where a span begins elsewhere, and the end of a span that is off its steps.
            double first = double.Parse(minutes[0], CultureInfo.InvariantCulture), last = double.Parse(minutes[1], CultureInfo.InvariantCulture), step = double.Parse(minutes[2], CultureInfo.InvariantCulture);
            double[][] onSteps = [.. states.Where(state => IsWhole((state[0] - first) / step) && state[0] >= first - 1e-6 && state[0] <= last + 1e-6)];
            Assert.NotEmpty(onSteps);
            foreach (double[] state in onSteps)
            {
                double[] found = [.. rows[(int)Math.Round((state[0] - first) / step)][2..].Select(word => double.Parse(word, CultureInfo.InvariantCulture))];
                for (int axis = 0; axis < 3; axis++)
                {
                    if (Math.Abs(state[0]) < 1e6) worstKm = Math.Max(worstKm, Math.Abs(found[axis] - state[1 + axis]));
                    worstKmPerS = Math.Max(worstKmPerS, Math.Abs(found[3 + axis] - state[4 + axis]));
                }
                compared++;
            }
        }
        TestContext.Current.TestOutputHelper?.WriteLine($"MEASURED ssa propagate, SGP4-VER, {compared} states, position {worstKm:G3} km");
        TestContext.Current.TestOutputHelper?.WriteLine($"MEASURED ssa propagate, SGP4-VER, {compared} states, velocity {worstKmPerS:G3} km/s");
        Assert.InRange(compared, 600, 666);
        Assert.InRange(worstKm, 0, 1e-7);
        Assert.InRange(worstKmPerS, 0, 1e-9);
    }

    [Fact]
    public async Task Propagate_VerificationSetAsPublished_GoesOnPastObjectsThatFail()
    {
        var end = await OrbitFolder.SsaAsync("propagate", ReferenceData.File("sgp4/SGP4-VER.TLE"), "--minutes", "0:1440:20");
        Assert.Equal(1, end.ExitCode);
        foreach (string failure in (string[])["22312: no state at ", "SGP4 error 1: The mean eccentricity", "28872: no state at ", "SGP4 error 6: The satellite has decayed", "33334: no state at ", "SGP4 error 3: "])
            Assert.Contains(failure, end.Errors, StringComparison.Ordinal);
        Assert.Contains("33 objects, ", end.Errors, StringComparison.Ordinal);
        Assert.Equal(31, OrbitFolder.Rows(end.Output).Select(row => row[0]).Distinct().Count()); // 20413 is there twice, 33334 has no state at all.
    }

    private static bool IsWhole(double steps) => Math.Abs(steps - Math.Round(steps)) < 1e-6;

    /// <summary>By the place of the satellite in the input: minutes, position, velocity.</summary>
    private static List<double[][]> Expected()
    {
        var all = new List<List<double[]>>();
        foreach (string line in ReferenceData.Lines("sgp4/tcppver.out"))
        {
            string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words is [_, "xx"]) all.Add([]);
            else all[^1].Add([.. words[..7].Select(word => double.Parse(word, CultureInfo.InvariantCulture))]);
        }
        return [.. all.Select(states => states.ToArray())];
    }
}
