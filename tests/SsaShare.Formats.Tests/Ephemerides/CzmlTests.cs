using System.Text.Json;

namespace SsaShare.Formats.Tests;

public sealed class CzmlTests
{
    [Fact]
    public void Write_LongEphemeris_IsPacketsOfOneObject()
    {
        var values = EphemerisText.Values(EphemerisText.Read(CpfFormat.Cpf, EphemerisText.Reference("obs/ilrs/jason3_cpf_180613_16401.cne")));
        var packets = Packets(values, out var issues);
        Assert.DoesNotContain(issues, issue => issue.Severity == IssueSeverity.Refused);
        Assert.Equal(("document", "1.0"), (packets[0].GetProperty("id").GetString(), packets[0].GetProperty("version").GetString()));
        Assert.All(packets.Skip(1), packet => Assert.Equal("41240", packet.GetProperty("id").GetString()));
        Assert.Equal("2018-06-13T00:00:00Z/2018-06-18T00:00:00Z", packets[^1].GetProperty("availability").GetString());
        var expected = values.OfType<EphemerisPoint>().ToList();
        int at = 0;
        foreach (var packet in packets.Skip(1))
        {
            var position = packet.GetProperty("position");
            Assert.Equal("FIXED", position.GetProperty("referenceFrame").GetString());
            Assert.True(Utc.TryParse(position.GetProperty("epoch").GetString(), out var epoch));
            double[] numbers = [.. position.GetProperty("cartesian").EnumerateArray().Select(number => number.GetDouble())];
            for (int i = 0; i < numbers.Length; i += 4, at++)
            {
                Assert.True(expected[at].Time.TryToEpoch(EphemerisTimeSystem.Utc, out var time));
                Assert.Equal(time.SecondsSince(epoch), numbers[i]);
                Assert.Equal(expected[at].PositionKm!.Value.X * 1e3, numbers[i + 1], 1e-6);
                Assert.Equal(expected[at].PositionKm!.Value.Z * 1e3, numbers[i + 3], 1e-6);
            }
        }
        Assert.Equal(expected.Count, at);
    }

    [Fact]
    public void Write_SeveralSatellitesWithVelocities_AreObjectsWithVelocities()
    {
        var packets = Packets(EphemerisText.Values(EphemerisText.Read(Sp3Format.Sp3, Sp3Text.D)), out _);
        Assert.Equal(["document", "G01", "E11", "R07"], packets.Select(packet => packet.GetProperty("id").GetString()));
        packets = Packets(EphemerisText.Values(EphemerisText.Read(Sp3Format.Sp3, Sp3Text.C)), out _);
        var numbers = packets[1].GetProperty("position").GetProperty("cartesianVelocity").EnumerateArray().Select(number => number.GetDouble()).ToList();
        Assert.Equal([0, 7_526_994.072, -9_646_309.832, 1_464_110.239, 3_033.794, 1_715.265, -4_447.659, 1], numbers.Take(8));
    }

    [Fact]
    public void Write_MeanEquatorOfJ2000_IsTurnedByTheFrameBias()
    {
        var packets = Packets(EphemerisText.Values(EphemerisText.Read(ModItcFormat.ModItc, ModItcTests.Text)), out var issues);
        Assert.Contains(issues, issue => issue.Field.Contains("frame", StringComparison.Ordinal));
        double[] numbers = [.. packets[1].GetProperty("position").GetProperty("cartesianVelocity").EnumerateArray().Select(number => number.GetDouble())];
        Assert.Equal("INERTIAL", packets[1].GetProperty("position").GetProperty("referenceFrame").GetString());
        var turned = new Vector3d(numbers[1], numbers[2], numbers[3]);
        // 17 to 23 milliarcseconds at 6,827 km are less than a metre.
        Assert.InRange(turned.DistanceTo(1e3 * new Vector3d(-6090.9674453039, 165.9427175319, 3080.1337110458)), 0.1, 1.0);
    }

    private static List<JsonElement> Packets(List<EphemerisItem> items, out List<ReadIssue> issues)
    {
        (byte[] bytes, issues) = EphemerisText.Write(CzmlFormat.Czml, items);
        Assert.Equal(Recognition.Certain, CzmlFormat.Czml.Recognise(bytes));
        return [.. JsonDocument.Parse(bytes).RootElement.EnumerateArray()];
    }
}
