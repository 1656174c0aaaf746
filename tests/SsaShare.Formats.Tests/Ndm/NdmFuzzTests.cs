using System.Text;
using SsaShare.Tests;

namespace SsaShare.Formats.Tests;

/// <summary>Spoilt, cut and random documents in every syntax: events that nest or issues with a line, never an exception; and what is taken in strict mode is written and read back the same.</summary>
public sealed class NdmFuzzTests
{
    private static readonly int Inputs = Nightly.FuzzInputs;

    public static TheoryData<NdmSyntax> Syntaxes { get; } = new(Enum.GetValues<NdmSyntax>());

    [Theory, MemberData(nameof(Syntaxes))]
    public void NdmReader_SpoiltMessages_GiveEventsThatNestOrIssues(NdmSyntax syntax)
    {
        byte[][] valid = [.. NdmText.All.Select(one => NdmFile.Write(NdmFile.Read(one.Text).Events, syntax, one.Kind)), NdmFile.Write(NdmText.All.SelectMany(one => NdmFile.Read(one.Text).Events), syntax)];
        var random = new Random(20_261_125 + (int)syntax);
        int taken = 0, refused = 0;
        for (int i = 0; i < Inputs / 4; i++)
        {
            byte[] one = valid[random.Next(i % 20 == 0 ? valid.Length : valid.Length - 1)];
            byte[] input = i % 10 == 0 ? one[..random.Next(one.Length)] : Spoilt(one, random);
            var mode = i % 2 == 0 ? ReadMode.Strict : ReadMode.Lenient;
            var (events, issues) = NdmFile.Read(input, syntax, mode);
            AssertNested(events);
            Assert.All(issues, issue => Assert.True(issue.Line >= 1 && issue.Reason.Length > 0 && issue.Remedy.Length > 0));
            if (issues.Exists(issue => issue.Severity == IssueSeverity.Refused)) refused++;
            else taken++;
            if (events.Count == 0 || i % 8 != 0) continue;
            var to = (NdmSyntax)random.Next(1, 4);
            var (back, backIssues) = NdmFile.Read(NdmFile.Write(events, to), to, mode);
            if (mode == ReadMode.Strict && issues.Count == 0) Assert.True(NdmFile.Data(events).SequenceEqual(NdmFile.Data(back)), $"input {i} differs in {to}: {backIssues.FirstOrDefault()}\n{Encoding.UTF8.GetString(input)}");
        }
        Assert.InRange(taken, Inputs / 400, Inputs / 5);
        Assert.InRange(refused, Inputs / 20, Inputs / 4);
    }

    [Theory, MemberData(nameof(Syntaxes))]
    public void NdmReader_RandomBytes_GiveIssues(NdmSyntax syntax)
    {
        var random = new Random(11);
        byte[][] heads = [[], "CCSDS_OCM_VERS = 3.0\nMETA_START\n"u8.ToArray(), "<ocm version=\"3.0\"><body><segment><metadata>"u8.ToArray(), "{\"ocm\": {\"version\": \"3.0\", \"segment\": [{"u8.ToArray()];
        for (int i = 0; i < Inputs / 12; i++)
        {
            byte[] noise = new byte[random.Next(300)];
            random.NextBytes(noise);
            var (events, issues) = NdmFile.Read([.. heads[i % heads.Length], .. noise], syntax);
            AssertNested(events);
            Assert.NotEmpty(issues);
        }
    }

    /// <summary>The interpreting readers, fed with XML and JSON.</summary>
    [Theory]
    [InlineData(NdmSyntax.Xml)]
    [InlineData(NdmSyntax.Json)]
    public void InterpretingReaders_SpoiltTrees_GiveValuesOrIssues(NdmSyntax syntax)
    {
        string opm = string.Join('\n', OdmText.Opm.Split('\n').Where(line => !line.StartsWith("GM", StringComparison.Ordinal)));
        byte[] orbits = NdmFile.Write(NdmFile.Read(opm + "\n" + OdmText.Omm, NdmSyntax.Kvn, ReadMode.Lenient).Events, syntax), tracks = NdmFile.Write(NdmFile.Read(NdmText.Tdm).Events, syntax), conjunction = NdmFile.Write(NdmFile.Read(CdmText.Whole).Events, syntax);
        var random = new Random(12);
        int values = 0, issues = 0;
        for (int i = 0; i < Inputs / 30; i++)
        {
            foreach (var item in new OdmReader(new MemoryStream(Spoilt(orbits, random)), new OdmReadOptions { FileName = "fuzz", Now = TestFiles.Now, KeepsRefused = true }).Read())
                Count(item.State ?? (object?)item.Elements, item.Issue, item.Refused);
            foreach (var item in new TdmReader(new MemoryStream(Spoilt(tracks, random)), new TdmReadOptions { FileName = "fuzz", Now = TestFiles.Now, KeepsRefused = true }).Read())
                Count(item.Observation, item.Issue, item.Refused);
            foreach (var item in new CdmReader(new MemoryStream(Spoilt(conjunction, random)), new CdmReadOptions { FileName = "fuzz", Now = TestFiles.Now, KeepsRefused = true }).Read())
                Count(item.Message, item.Issue, item.Refused);
        }
        Assert.InRange(values, Inputs / 60, Inputs / 5);
        Assert.InRange(issues, Inputs / 60, Inputs);

        void Count(object? value, ReadIssue? issue, RefusedPart? refused)
        {
            Assert.Equal(1, (value is null ? 0 : 1) + (issue is null ? 0 : 1) + (refused is null ? 0 : 1));
            values += value is null ? 0 : 1;
            issues += issue is null ? 0 : 1;
            Assert.True(issue is null or { Line: >= 1 });
            Assert.True(refused is null or { Issues.Count: > 0 });
        }
    }

    private static void AssertNested(List<NdmEvent> events)
    {
        var open = new Stack<string>();
        foreach (var one in events)
        {
            if (one.Kind is NdmEventKind.MessageStart or NdmEventKind.BlockStart) open.Push(one.Name);
            else if (one.Kind is NdmEventKind.MessageEnd or NdmEventKind.BlockEnd) Assert.Equal(open.Pop(), one.Name);
            else Assert.True(open.Count > 0 || one.Kind == NdmEventKind.Comment);
        }
    }

    /// <summary>One to three edits.</summary>
    private static byte[] Spoilt(byte[] valid, Random random)
    {
        var bytes = valid.ToList();
        for (int edit = random.Next(1, 4); edit > 0; edit--)
        {
            int at = random.Next(bytes.Count), length = Math.Min(random.Next(1, 40), bytes.Count - at);
            switch (random.Next(7))
            {
                case 0: bytes[at] = (byte)random.Next(256); break;
                case 1: bytes[at] = (byte)" =.-+0123456789eETZ:\n\r\t{}[]\",\\<>/&"[random.Next(33)]; break;
                case 2: bytes.InsertRange(at, Enumerable.Repeat((byte)random.Next(32, 127), random.Next(1, 300))); break;
                case 3: bytes.InsertRange(at, bytes.GetRange(at, length)); break;
                case 4: if (length < bytes.Count) bytes.RemoveRange(at, length); break;
                case 5: SwapLines(bytes, random); break;
                default: bytes.InsertRange(random.Next(bytes.Count), bytes.GetRange(at, length)); break;
            }
        }
        return [.. bytes];
    }

    private static void SwapLines(List<byte> bytes, Random random)
    {
        string[] lines = Encoding.Latin1.GetString([.. bytes]).Split('\n');
        int one = random.Next(lines.Length), other = random.Next(lines.Length);
        (lines[one], lines[other]) = (lines[other], lines[one]);
        bytes.Clear();
        bytes.AddRange(Encoding.Latin1.GetBytes(string.Join('\n', lines)));
    }
}
