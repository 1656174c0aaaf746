using System.Text;
using SsaShare.Tests;

namespace SsaShare.Formats.Tests;

/// <summary>Mutated and random bytes: the readers give values or issues and never throw. Seeds are fixed, so a failure repeats.</summary>
public sealed class FuzzTests
{
    private const int Inputs = 50_000;
    private static readonly int Long = Nightly.FuzzInputs;
    private static readonly TdmReadOptions Options = new() { FileName = "fuzz.tdm", Now = TestFiles.Now };

    [Fact]
    public void TdmReader_MutatedMessages_NeverThrowAndOnlyGivePlausibleObservations()
    {
        byte[] valid = Encoding.ASCII.GetBytes(TdmText.Message(
            "COMMENT two\nRANGE = 1998-12-31T23:59:60.5 900.125\nANGLE_1 = 1998-12-31T23:59:60.5 359.5\nANGLE_2 = 1998-12-31T23:59:60.5 -4.5\nRCS = 1998-365T23:59:60.5 1e-3\n"
            + "DOPPLER_INSTANTANEOUS = 1999-001T00:00:00 -7.5", "PATH = 1,2,1\nRANGE_UNITS = km\nANGLE_TYPE = AZEL\nCORRECTION_RANGE = 1\nCORRECTIONS_APPLIED = NO\nDATA_QUALITY = RAW"));
        Assert.Equal(3, TestFiles.ReadTdm(valid).Items.Count);
        var random = new Random(20_261_122);
        int observations = 0, issues = 0;
        for (int i = 0; i < Inputs; i++)
        {
            foreach (var item in new TdmReader(new MemoryStream(Mutate(valid, random)), Options).Read())
            {
                Assert.True(item.Observation is null != item.Issue is null);
                if (item.Issue is not null) issues++;
                else
                {
                    observations++;
                    AssertPlausible(item.Observation!);
                }
            }
        }

        // Both outcomes are common, so the mutations reach past the header and do break things.
        Assert.InRange(observations, Inputs / 4, 2 * Inputs);
        Assert.InRange(issues, Inputs / 4, 20 * Inputs);
    }

    [Fact]
    public void TdmReader_RandomBytes_NeverThrow()
    {
        var random = new Random(7);
        byte[] head = "CCSDS_TDM_VERS = 2.0\nMETA_START\n"u8.ToArray();
        for (int i = 0; i < Inputs / 10; i++)
        {
            byte[] noise = new byte[random.Next(400)];
            random.NextBytes(noise);
            byte[] bytes = i % 2 == 0 ? noise : [.. head, .. noise];
            Assert.All(new TdmReader(new MemoryStream(bytes), Options).Read(), item => Assert.NotNull(item.Issue));
        }
    }

    [Fact]
    public void OdmReader_MutatedMessages_NeverThrowAndOnlyGivePlausibleOrbits()
    {
        byte[] valid = Encoding.ASCII.GetBytes(OdmText.WithCovariance(OdmText.Opm, "RTN") + OdmText.Omm);
        Assert.Equal(2, OdmText.Read(valid).Count);
        var random = new Random(20_261_123);
        int orbits = 0, issues = 0;
        for (int i = 0; i < Inputs; i++)
        {
            foreach (var item in OdmText.Read(Mutate(valid, random)))
            {
                Assert.Equal(1, (item.State is null ? 0 : 1) + (item.Elements is null ? 0 : 1) + (item.Issue is null ? 0 : 1));
                if (item.Issue is not null) issues++;
                else orbits++;
                if (item.State is { } state) AssertPlausible(state);
                if (item.Elements is { } elements) AssertPlausible(elements);
            }
        }
        Assert.InRange(orbits, Inputs / 2, 2 * Inputs);
        Assert.InRange(issues, Inputs / 4, 20 * Inputs);
    }

    [Fact]
    public void OdmReader_RandomBytes_NeverThrow()
    {
        var random = new Random(8);
        byte[] head = "CCSDS_OPM_VERS = 2.0\n"u8.ToArray();
        for (int i = 0; i < Inputs / 10; i++)
        {
            byte[] noise = new byte[random.Next(400)];
            random.NextBytes(noise);
            Assert.All(OdmText.Read(i % 2 == 0 ? noise : [.. head, .. noise]), item => Assert.NotNull(item.Issue));
            Assert.True(Enum.IsDefined(MessageFormats.Of(noise)));
        }
    }

    [Fact]
    public void CdmReader_MutatedMessages_NeverThrowAndGiveMessagesOrIssues()
    {
        byte[] valid = Encoding.ASCII.GetBytes(CdmText.Whole);
        var random = new Random(20_261_124);
        int messages = 0, issues = 0;
        for (int i = 0; i < Long; i++)
        {
            foreach (var item in CdmText.Read(i % 10 == 0 ? valid[..random.Next(valid.Length)] : Mutate(valid, random)))
            {
                Assert.True(item.Message is null != item.Issue is null);
                if (item.Issue is not null) issues++;
                else messages++;
                if (item.Message is { } message) Assert.True(message.First.State.PositionKm.IsFinite && message.Approach.MissDistanceKm >= 0 && message.Probability is null or { Value: >= 0 and <= 1 });
            }
        }
        Assert.InRange(messages, Long / 50, Long);
        Assert.InRange(issues, Long / 10, 20 * Long);
    }

    [Fact]
    public void CdmReader_RandomBytes_NeverThrow()
    {
        var random = new Random(9);
        byte[] head = "CCSDS_CDM_VERS = 1.0\nOBJECT = OBJECT1\nOBJECT = OBJECT2\n"u8.ToArray();
        for (int i = 0; i < Long / 10; i++)
        {
            byte[] noise = new byte[random.Next(400)];
            random.NextBytes(noise);
            Assert.All(CdmText.Read(i % 2 == 0 ? noise : [.. head, .. noise]), item => Assert.NotNull(item.Issue));
        }
    }

    [Theory]
    [InlineData(NoticeFileTests.Maneuver)]
    [InlineData(NoticeFileTests.Event)]
    public void NoticeFile_MutatedNotices_GiveANoticeOrIssues(string text)
    {
        byte[] valid = Encoding.UTF8.GetBytes(text);
        var random = new Random(10);
        int notices = 0;
        for (int i = 0; i < Long; i++)
        {
            var issues = new List<ReadIssue>();
            var (maneuver, happening) = NoticeFile.Read(i % 10 == 0 ? valid[..random.Next(valid.Length)] : Mutate(valid, random), "fuzz.json", TestFiles.Now, issues);
            Assert.True((maneuver is null && happening is null) == issues.Count > 0);
            if (issues.Count == 0) notices++;
        }
        Assert.InRange(notices, Long / 100, Long * 9 / 10);
    }

    [Theory]
    [InlineData("CCSDS_OPM_VERS = 2.0\n", MessageFormat.Orbit)]
    [InlineData("\r\n  COMMENT about\nCCSDS_OMM_VERS=3.0", MessageFormat.Orbit)]
    [InlineData("\uFEFFCCSDS_OMM_VERS = 2.0\n", MessageFormat.Orbit)]
    [InlineData("COMMENT x\nCCSDS_CDM_VERS = 1.0\n", MessageFormat.Conjunction)]
    [InlineData("\n { \"format\": 1 }", MessageFormat.Notice)]
    [InlineData("CCSDS_TDM_VERS = 2.0\nCCSDS_OPM_VERS = 2.0", MessageFormat.Tracking)]
    [InlineData("anything else", MessageFormat.Tracking)]
    [InlineData("", MessageFormat.Tracking)]
    public void MessageFormats_OfTheFirstLine_AreTold(string head, MessageFormat format) => Assert.Equal(format, MessageFormats.Of(Encoding.UTF8.GetBytes(head)));

    [Fact]
    public void SensorFile_MutatedDescriptions_GiveASensorOrIssues()
    {
        byte[] valid = File.ReadAllBytes(TestFiles.Seed("sensors/ascension.json"));
        var random = new Random(3);
        int sensors = 0;
        for (int i = 0; i < Inputs; i++)
        {
            var issues = new List<ReadIssue>();
            var sensor = SensorFile.Read(Mutate(valid, random), "fuzz.json", issues);
            Assert.True(sensor is null == issues.Count > 0);
            if (sensor is not null) sensors++;
        }

        Assert.InRange(sensors, Inputs / 100, Inputs * 9 / 10);
    }

    [Fact]
    public void PartnerFile_MutatedDescriptions_GiveAPartnerOrIssues()
    {
        byte[] valid = File.ReadAllBytes(TestFiles.Seed("partners/pacific.json"));
        var random = new Random(4);
        for (int i = 0; i < Inputs; i++)
        {
            var issues = new List<ReadIssue>();
            var partner = PartnerFile.Read(Mutate(valid, random), "fuzz.json", issues);
            Assert.True(partner is null == issues.Count > 0);
        }
    }

    private static void AssertPlausible(OrbitState orbit)
    {
        Assert.InRange(orbit.State.PositionKm.Norm, OdmLimits.MinDistanceKm, OdmLimits.MaxDistanceKm * (1 + 1e-12));
        Assert.InRange(orbit.State.VelocityKmPerS.Norm, 0, OdmLimits.MaxSpeedKmPerS * (1 + 1e-12));
        Assert.True(orbit.State.Epoch >= TdmLimits.Earliest && orbit.State.Epoch <= TestFiles.Now.Plus(OdmLimits.AheadMax) && orbit.ObjectTag is null or { Length: >= 1 and <= 64 });
    }

    private static void AssertPlausible(ElementSet elements)
    {
        Assert.True(elements.MeanMotionRevPerDay is > 0 and <= OdmLimits.MaxMeanMotionRevPerDay && elements.Eccentricity is >= 0 and < 1 && elements.InclinationRad is >= 0 and <= Math.PI);
        Assert.All([elements.RightAscensionOfNodeRad, elements.ArgumentOfPericenterRad, elements.MeanAnomalyRad], angle => Assert.InRange(angle, 0, Math.Tau));
        Assert.True(double.IsFinite(elements.BStarPerEarthRadii) && double.IsFinite(elements.MeanMotionDotRevPerDay2) && double.IsFinite(elements.MeanMotionDDotRevPerDay3));
    }

    private static void AssertPlausible(Observation o)
    {
        Assert.True(o.RangeKm is null or (> 0 and <= TdmLimits.MaxRangeKm));
        Assert.True(o.AzimuthRad is null or (>= 0 and <= 2 * Math.PI));
        Assert.True(o.ElevationRad is null or (>= TdmLimits.MinElevationDeg * Math.PI / 180 and <= Math.PI / 2));
        Assert.True(o.RangeRateKmPerS is null or (>= -TdmLimits.MaxRangeRateKmPerS and <= TdmLimits.MaxRangeRateKmPerS));
        Assert.True(o.Epoch >= TdmLimits.Earliest && o.Epoch <= TestFiles.Now.PlusSeconds(86_400));
        Assert.False(o is { RangeKm: null, AzimuthRad: null, ElevationRad: null, RangeRateKmPerS: null });
    }

    /// <summary>One to three edits: a changed, inserted, doubled, removed or moved stretch of bytes.</summary>
    private static byte[] Mutate(byte[] valid, Random random)
    {
        var bytes = valid.ToList();
        for (int edit = random.Next(1, 4); edit > 0; edit--)
        {
            int at = random.Next(bytes.Count), length = Math.Min(random.Next(1, 30), bytes.Count - at);
            switch (random.Next(6))
            {
                case 0: bytes[at] = (byte)random.Next(256); break;
                case 1: bytes[at] = (byte)" =.-+0123456789eETZ:\n\r\t{}[]\",\\"[random.Next(29)]; break;
                case 2: bytes.InsertRange(at, Enumerable.Repeat((byte)random.Next(256), random.Next(1, 2_000))); break;
                case 3: bytes.InsertRange(at, bytes.GetRange(at, length)); break;
                case 4: if (length < bytes.Count) bytes.RemoveRange(at, length); break;
                default:
                    var moved = bytes.GetRange(at, length);
                    bytes.InsertRange(random.Next(bytes.Count), moved);
                    break;
            }
        }
        return [.. bytes];
    }
}
