using System.Text;
using SsaShare.Tests;

namespace SsaShare.Formats.Tests;

/// <summary>Damaged, cut off and random ephemerides: values and issues with lines, never an exception; and what was taken is written and read back equal. Seeds are fixed.</summary>
public sealed class EphemerisFuzzTests
{
    private const string Characters = " .-+0123456789eEHPV*#%/:\n\r\tGR";

    internal const string Cpf = """
        H1 CPF  2  CSG 2018  6 13 10  664 1 orekitSat NONE
        H2  1606902 7212    41860 2018  6 12 23 59 42 2018  6 13 0 14 42   900 1 1  0 0 0 1
        H5 0.25
        00 a comment
        H9
        10 0 58281  86382.000000  0      -3442706.377      29234902.063       3170080.159
        20 0 1234.5 -1.25 3e1
        30 0 0.0 0.5 0.0 1.0
        10 1 58281  86399.5  1      -3442706.377      29234902.063       3170080.159
        70 58281 86382 0.1 0.2 0.3
        10 0 58282    882.000000  0      -3443218.148      29401194.353        489466.784
        99

        """;

    private const string Oem = """
        CCSDS_OEM_VERS = 2.0
        CREATION_DATE = 2026-01-02T03:04:05
        ORIGINATOR = TEST
        META_START
        OBJECT_NAME = LAGEOS 1
        OBJECT_ID = 1976-039A
        CENTER_NAME = EARTH
        REF_FRAME = ITRF2014
        TIME_SYSTEM = UTC
        START_TIME = 2016-12-31T23:58:59
        STOP_TIME = 2017-01-01T00:00:59
        INTERPOLATION = HERMITE
        INTERPOLATION_DEGREE = 7
        META_STOP
        COMMENT three points
        2016-12-31T23:58:59 7000.123456 1 2 3 4 5
        2016-12-31T23:59:59 7000.123457 1 2 3 4 5
        2017-01-01T00:00:59 7000.123458 1 2 3 4 5
        COVARIANCE_START
        EPOCH = 2016-12-31T23:59:59
        COV_REF_FRAME = RTN
        1
        0 1
        0 0 1
        0 0 0 1
        0 0 0 0 1
        0 0 0 0 0 1
        COVARIANCE_STOP

        """;

    public static TheoryData<string, string> Files => new()
    {
        { "cpf", Cpf }, { "stk-e", StkText.Full }, { "sp3", Sp3Text.D }, { "sp3", Sp3Text.C }, { "moditc", ModItcTests.Text },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void Read_DamagedFiles_GivesValuesAndIssuesAndWhatIsTakenIsKept(string name, string text)
    {
        var format = EphemerisFormats.All.Single(format => format.Name == name);
        byte[] valid = Encoding.UTF8.GetBytes(text);
        Assert.Equal(Recognition.Certain, format.Recognise(valid));
        var random = new Random(6_161);
        int inputs = Nightly.FuzzInputs / Files.Count, points = 0, refused = 0;
        for (int i = 0; i < inputs; i++)
        {
            byte[] bytes = (i % 10) switch
            {
                0 => valid[..random.Next(valid.Length)],
                1 => Noise(random, valid[..random.Next(valid.Length)]),
                _ => Damaged(valid, random),
            };
            var mode = (ReadMode)(i & 1);
            var items = EphemerisText.Read(format, bytes, mode, keepsRefused: (i & 2) != 0);
            int open = 0;
            foreach (var item in items)
            {
                Assert.Equal(1, (item.Value is null ? 0 : 1) + (item.Issue is null ? 0 : 1) + (item.Refused is null ? 0 : 1));
                if (item.Value is EphemerisPoint point)
                {
                    points++;
                    Assert.True(open == 1 && point.PositionKm is null or { IsFinite: true } && point.VelocityKmPerS is null or { IsFinite: true });
                }
                if (item.Value is EphemerisSegment) Assert.Equal(1, ++open);
                if (item.Value is EphemerisSegmentEnd) Assert.Equal(0, --open);
                if (item.Issue is not { } issue) continue;
                Assert.True(issue is { Line: >= 1, Column: >= 0, Value.Length: <= 80 } && issue.Field.Length > 0 && issue.Reason.Length > 0 && issue.Remedy.Length > 0, issue.ToString());
                if (issue.Severity == IssueSeverity.Refused) refused++;
            }
            Assert.Equal(0, open);
            if (i % 5 == 0) AssertKept(format, items);
        }
        Assert.InRange(points, inputs / 4, 10 * inputs);
        Assert.InRange(refused, inputs / 4, 100 * inputs);
    }

    /// <summary>Damaged messages as ephemerides of every format, and those as messages again: whatever a reader takes, the bridges and writers take or refuse.</summary>
    [Fact]
    public void Bridges_DamagedMessages_GiveFilesThatAreRead()
    {
        byte[] valid = Encoding.ASCII.GetBytes(Oem);
        var random = new Random(6_162);
        int points = 0, written = 0;
        var options = new FormatWriteOptions { FileName = "fuzz", Now = TestFiles.Now };
        for (int i = 0; i < Nightly.FuzzInputs / 20; i++)
        {
            var target = EphemerisFormats.All[i % EphemerisFormats.All.Count];
            using var stream = new MemoryStream();
            using var message = new MemoryStream();
            var file = target.Create!(stream, options);
            var oem = NdmFormats.Of("oem", NdmSyntax.Kvn).Create!(message, options);
            var (there, back) = (EphemerisBridges.FromOem(file, options), EphemerisBridges.FromOem(EphemerisBridges.ToOem(oem, options), options));
            foreach (var item in NdmFormats.Of("oem", NdmSyntax.Kvn).Open!(new MemoryStream(i % 10 == 0 ? valid[..random.Next(valid.Length)] : Damaged(valid, random)), new FormatReadOptions { FileName = "fuzz", Now = TestFiles.Now, Mode = (ReadMode)(i & 1) }).Read())
            {
                if (item.Value is null) continue;
                there.Write(item.Value);
                back.Write(item.Value);
                if (item.Value.Kind == NdmEventKind.Row) points++;
            }
            there.Complete();
            back.Complete();
            file.Complete();
            oem.Complete();
            if (target.CanRead) written += EphemerisText.Values(EphemerisText.Read(target, stream.ToArray(), ReadMode.Lenient)).OfType<EphemerisPoint>().Count();
            foreach (var item in NdmFormats.Of("oem", NdmSyntax.Kvn).Open!(new MemoryStream(message.ToArray()), new FormatReadOptions { FileName = "again", Now = TestFiles.Now, Mode = ReadMode.Lenient }).Read())
                Assert.False(item.Issue is { Severity: IssueSeverity.Refused, Field: not "file" }, $"{item.Issue}\n{Encoding.UTF8.GetString(message.ToArray())}");
        }
        Assert.True(points > Nightly.FuzzInputs / 40 && written > Nightly.FuzzInputs / 80, $"{points} {written}");
    }

    private static void AssertKept(FileFormat<EphemerisItem> format, List<FormatItem<EphemerisItem>> items)
    {
        var values = EphemerisText.Values(items);
        if (!values.OfType<EphemerisPoint>().Any() || EphemerisText.Issues(items).Exists(issue => issue.Severity == IssueSeverity.Refused)) return;
        var (bytes, issues) = EphemerisText.Write(format, values);
        Assert.DoesNotContain(issues, issue => issue.Severity == IssueSeverity.Refused);
        var again = EphemerisText.Values(EphemerisText.Read(format, bytes, ReadMode.Lenient));
        // What was noticed may be written as the standard has it; points never change.
        if (issues.Count > 0) return;
        if (EphemerisText.Issues(items).Count > 0) (values, again) = ([.. values.OfType<EphemerisPoint>()], [.. again.OfType<EphemerisPoint>()]);
        for (int i = 0; i < Math.Min(values.Count, again.Count); i++)
            Assert.True(values[i].Equals(again[i]), $"{values[i]}\n{again[i]}\n{Encoding.UTF8.GetString(bytes)}");
        Assert.Equal(values.Count, again.Count);
    }

    private static byte[] Noise(Random random, byte[] before)
    {
        byte[] noise = new byte[random.Next(300)];
        random.NextBytes(noise);
        return [.. before, .. noise];
    }

    /// <summary>One to three edits: a changed, inserted, doubled, removed or moved stretch of bytes.</summary>
    private static byte[] Damaged(byte[] valid, Random random)
    {
        var bytes = valid.ToList();
        for (int edit = random.Next(1, 4); edit > 0; edit--)
        {
            int at = random.Next(bytes.Count), length = Math.Min(random.Next(1, 80), bytes.Count - at);
            switch (random.Next(6))
            {
                case 0: bytes[at] = (byte)random.Next(256); break;
                case 1: bytes[at] = (byte)Characters[random.Next(Characters.Length)]; break;
                case 2: bytes.InsertRange(at, Enumerable.Repeat((byte)random.Next(256), random.Next(1, 500))); break;
                case 3: bytes.InsertRange(at, bytes.GetRange(at, length)); break;
                case 4: if (length < bytes.Count) bytes.RemoveRange(at, length); break;
                default: bytes.InsertRange(random.Next(bytes.Count), bytes.GetRange(at, length)); break;
            }
        }
        return [.. bytes];
    }
}
