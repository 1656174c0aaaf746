using System.IO.Compression;
using System.Text.Json;
using SsaShare.Scenario.Tests;

namespace SsaShare.Cli.Tests.Formats;

/// <summary>The tools for files: the real program, without a node.</summary>
public sealed class FormatCommandTests : IDisposable
{
    private const string Tle = "1 25544U 98067A   26140.52007259  .00005164  00000-0  10084-3 0  9995\n2 25544  51.6328  77.0641 0007497  79.3410 280.8422 15.49283153567468\n";
    private const string Json = """[{"OBJECT_NAME":"A","OBJECT_ID":"2024-001A","EPOCH":"2024-05-20T08:56:33.249984","MEAN_MOTION":14.46,"ECCENTRICITY":0.004,"INCLINATION":24.9,"RA_OF_ASC_NODE":19.3,"ARG_OF_PERICENTER":203.4,"MEAN_ANOMALY":317.7,"EPHEMERIS_TYPE":0,"CLASSIFICATION_TYPE":"U","NORAD_CAT_ID":5,"ELEMENT_SET_NO":999,"REV_AT_EPOCH":1,"BSTAR":0,"MEAN_MOTION_DOT":0,"MEAN_MOTION_DDOT":0}]""";
    private static readonly string BadTle = Tle[..^2] + "7\n";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ssa-formats-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Convert_ToStandardOutput_IsTheOtherFormat()
    {
        var end = await SsaAsync("", "convert", Write("a.tle", Tle), "--to", "omm-json");
        Assert.True(end.ExitCode == 0, end.ToString());
        Assert.Equal(25544, JsonDocument.Parse(end.Output).RootElement[0].GetProperty("NORAD_CAT_ID").GetInt32());
        Assert.Contains("1 records read, 1 written", end.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Convert_ToADash_IsToStandardOutput()
    {
        var end = await SsaAsync("", "convert", Write("a.tle", Tle), "--to", "3le", "-o", "-");
        Assert.True(end.ExitCode == 0, end.ToString());
        Assert.Contains("25544U", end.Output, StringComparison.Ordinal);
        Assert.False(File.Exists("-"));
    }

    [Fact]
    public async Task Convert_StandardInputAndFilesToCompressedFile_IsNamedByItsEndingAndReadsBack()
    {
        var end = await SsaAsync(Tle, "convert", "-", Write("b.tle", Tle), "-o", In("out.csv.gz"));
        Assert.True(end.ExitCode == 0, end.ToString());
        using (var reader = new StreamReader(new GZipStream(File.OpenRead(In("out.csv.gz")), CompressionMode.Decompress))) Assert.StartsWith("OBJECT_NAME,", await reader.ReadToEndAsync(), StringComparison.Ordinal);
        end = await SsaAsync("", "convert", In("out.csv.gz"), "-o", In("back.tle"));
        Assert.True(end.ExitCode == 0, end.ToString());
        Assert.Equal(Tle + Tle, (await File.ReadAllTextAsync(In("back.tle"))).ReplaceLineEndings("\n"));
        Assert.Equal(["b.tle", "back.tle", "out.csv.gz"], Files());
    }

    [Theory]
    [InlineData("x.xml", "<?xml", "<omm")]
    [InlineData("x.json", "[", "NORAD_CAT_ID")]
    [InlineData("x.omm.zst", "CCSDS_OMM_VERS", "MEAN_MOTION")]
    [InlineData("x.3LE", "0 ", "25544")]
    public async Task Convert_ToAFileByName_TakesTheLikeliestFormat(string name, string begins, string holds)
    {
        var end = await SsaAsync("", "convert", Write("a.tle", Tle), "-o", In(name));
        Assert.True(end.ExitCode == 0, end.ToString());
        using var source = SsaShare.Formats.FormatSource.Open(File.OpenRead(In(name)));
        string text = System.Text.Encoding.UTF8.GetString(source.Head.Span);
        Assert.StartsWith(begins, text.TrimStart(), StringComparison.Ordinal);
        Assert.Contains(holds, text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("out.tle", "")]
    [InlineData("out.json", "[]")]
    public async Task Convert_AnswerWithoutRecords_IsAFileWithoutRecords(string name, string expected)
    {
        var end = await SsaAsync("", "convert", Write("none.json", "[]\n"), "-o", In(name));
        Assert.True(end.ExitCode == 0, end.ToString());
        Assert.Equal(expected, string.Concat((await File.ReadAllTextAsync(In(name))).Where(letter => !char.IsWhiteSpace(letter))));
        Assert.Contains("0 records read, 0 written", end.Errors, StringComparison.Ordinal);
        Assert.Equal(0, (await SsaAsync("", "validate", In("none.json"))).ExitCode);
    }

    [Fact]
    public async Task Convert_OneBadRecord_WritesTheRestAndEndsWith1()
    {
        var end = await SsaAsync("", "convert", Write("a.tle", Tle + BadTle + Tle), "-o", In("out.json"));
        Assert.True(end.ExitCode == 1, end.ToString());
        Assert.Contains($"{In("a.tle")}:4: CHECKSUM: ", end.Errors, StringComparison.Ordinal);
        Assert.Equal(2, JsonDocument.Parse(await File.ReadAllTextAsync(In("out.json"))).RootElement.GetArrayLength());
    }

    [Theory]
    [InlineData("cut")]
    [InlineData("unknown")]
    [InlineData("nothing")]
    public async Task Convert_ThatBreaksOff_LeavesTheOldFileAndNoOther(string how)
    {
        string input = how switch { "cut" => WriteCut("a.tle.gz"), "unknown" => Write("a.tle", "what is this\n"), _ => Write("a.tle", BadTle) };
        Write("out.csv", "old");
        var end = await SsaAsync("", "convert", input, "-o", In("out.csv"));
        Assert.True(end.ExitCode == 1, end.ToString());
        Assert.Equal("old", await File.ReadAllTextAsync(In("out.csv")));
        Assert.Equal([Path.GetFileName(input), "out.csv"], Files());
        Assert.DoesNotMatch(@"\d written", end.Errors);
        if (how != "unknown") Assert.EndsWith($"; nothing is written, {In("out.csv")} is left as it was\n", end.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Convert_ToStandardOutputWithNothingToWrite_WritesNothing()
    {
        var end = await SsaAsync("", "convert", Write("a.tle", BadTle), "--to", "omm-csv");
        Assert.True(end.ExitCode == 1, end.ToString());
        Assert.Equal("", end.Output);
        Assert.EndsWith("0 records read, 1 refused; nothing is written\n", end.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Convert_ToStandardOutputOfAFileThatIsCutOff_SaysThatItIsNotWhole()
    {
        var end = await SsaAsync("", "convert", WriteCut("a.tle.gz"), "--to", "3le");
        Assert.True(end.ExitCode == 1, end.ToString());
        Assert.Contains("25544U", end.Output, StringComparison.Ordinal);
        Assert.Matches(@"records read, \d+ written, 1 refused.*; what is written is not whole\n$", end.Errors);
    }

    [Theory]
    [InlineData(Tle, 0)]
    [InlineData("what is this\n", 1)]
    public async Task Convert_BesideAFileOfTheUsersOwn_LeavesItAlone(string input, int exitCode)
    {
        Write("out.csv.new", "mine");
        var end = await SsaAsync("", "convert", Write("a.tle", input), "-o", In("out.csv"));
        Assert.True(end.ExitCode == exitCode, end.ToString());
        Assert.Equal("mine", await File.ReadAllTextAsync(In("out.csv.new")));
        Assert.Equal(exitCode == 0 ? ["a.tle", "out.csv", "out.csv.new"] : ["a.tle", "out.csv.new"], Files());
    }

    [Theory]
    [InlineData("old")]
    [InlineData("")]
    public async Task Convert_OverAFile_KeepsItsPermissions(string old)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "permissions of Unix");
        const UnixFileMode OwnersOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        File.SetUnixFileMode(Write("out.csv", old), OwnersOnly);
        var end = await SsaAsync("", "convert", Write("a.tle", Tle), "-o", In("out.csv"));
        Assert.True(end.ExitCode == 0, end.ToString());
        Assert.StartsWith("OBJECT_NAME,", await File.ReadAllTextAsync(In("out.csv")), StringComparison.Ordinal);
        Assert.Equal(OwnersOnly, File.GetUnixFileMode(In("out.csv")));
        Assert.Equal(["a.tle", "out.csv"], Files());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Convert_ToALink_WritesWhatItLeadsTo(bool isThere)
    {
        if (isThere) Write("real.csv", "old");
        File.CreateSymbolicLink(In("out.csv"), "real.csv");
        var end = await SsaAsync("", "convert", Write("a.tle", Tle), "-o", In("out.csv"));
        Assert.True(end.ExitCode == 0, end.ToString());
        Assert.Equal("real.csv", new FileInfo(In("out.csv")).LinkTarget);
        Assert.StartsWith("OBJECT_NAME,", await File.ReadAllTextAsync(In("real.csv")), StringComparison.Ordinal);
        Assert.Equal(["a.tle", "out.csv", "real.csv"], Files());
    }

    [Fact]
    public async Task Convert_ToAPipe_WritesIntoIt()
    {
        await MakeNodeAsync("out.csv", "p");
        // Opening a pipe waits for the other end.
        var reading = Task.Run(() => File.ReadAllText(In("out.csv")));
        var end = await SsaAsync("", "convert", Write("a.tle", Tle), "-o", In("out.csv"));
        Assert.True(end.ExitCode == 0, end.ToString());
        Assert.StartsWith("OBJECT_NAME,", await reading.WaitAsync(TimeSpan.FromSeconds(60)), StringComparison.Ordinal);
        Assert.Equal("fifo", await KindAsync("out.csv"));
    }

    /// <summary>A device of the test's own that takes everything, as the null device does.</summary>
    [Theory]
    [InlineData(Tle, 0)]
    [InlineData("what is this\n", 1)]
    public async Task Convert_ToADevice_LeavesItADevice(string input, int exitCode)
    {
        await MakeNodeAsync("out.csv", "c", "1", "3");
        var end = await SsaAsync("", "convert", Write("a.tle", input), "-o", In("out.csv"));
        Assert.True(end.ExitCode == exitCode, end.ToString());
        Assert.Equal("character special file", await KindAsync("out.csv"));
        Assert.Equal(["a.tle", "out.csv"], Files());
    }

    [Theory]
    [InlineData(2, "--to is missing", "convert", "a.tle")]
    [InlineData(2, "--to is missing", "convert", "a.tle", "-o", "x.xxx")]
    [InlineData(2, "'nonsense' is not a format that is written", "convert", "a.tle", "--to", "nonsense")]
    [InlineData(2, "'czml' is not a format that is read", "validate", "a.tle", "--from", "czml")]
    [InlineData(2, "omm-json cannot be written as oem-kvn, only as omm-kvn, ", "convert", "a.json", "--to", "oem-kvn")]
    [InlineData(2, "tle cannot be written as iod, only as omm-kvn, ", "convert", "a.tle", "a.tle", "--to", "iod", "-o", "x.xxx")]
    public async Task WrongWords_EndWithTheirCodeAndSayWhy(int exitCode, string says, params string[] words)
    {
        Write("a.tle", Tle);
        Write("a.json", Json);
        var end = await SsaAsync("", [.. words.Select(word => Path.HasExtension(word) ? In(word) : word)]);
        Assert.True(end.ExitCode == exitCode, end.ToString());
        Assert.Contains(says, end.Errors, StringComparison.Ordinal);
        Assert.Equal("", end.Output);
        Assert.Equal(["a.json", "a.tle"], Files());
    }

    [Fact]
    public async Task Validate_GoodAndBadFile_TellsEachComplaintInOneLineAndEndsWith1()
    {
        var end = await SsaAsync("", "validate", Write("good.tle", Tle), Write("bad.tle", Tle + BadTle));
        Assert.True(end.ExitCode == 1, end.ToString());
        string[] lines = end.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(4, lines.Length);
        Assert.StartsWith($"{In("bad.tle")}:4: CHECKSUM: ", lines[0], StringComparison.Ordinal);
        Assert.Matches(@"good\.tle +tle +1 +0 +0 +valid$", lines[2]);
        Assert.Matches(@"bad\.tle +tle +1 +1 +0 +refused$", lines[3]);
        Assert.Equal(0, (await SsaAsync("", "validate", In("good.tle"))).ExitCode);
    }

    [Fact]
    public async Task Validate_MissingFileAmongOthers_ChecksTheOthersAndEndsWith3()
    {
        var end = await SsaAsync("", "validate", In("missing.tle"), Write("bad.tle", BadTle), In("none/missing.tle"));
        Assert.True(end.ExitCode == 3, end.ToString());
        string[] lines = end.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.StartsWith($"{In("missing.tle")}:1: file: there is no such file; ", lines[0], StringComparison.Ordinal);
        Assert.StartsWith($"{In("bad.tle")}:2: CHECKSUM: ", lines[1], StringComparison.Ordinal);
        Assert.StartsWith($"{In("none/missing.tle")}:1: file: there is no such file; ", lines[2], StringComparison.Ordinal);
        Assert.Equal(3, lines.Count(line => line.EndsWith(" refused", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Convert_MissingFileAmongOthers_TellsOfTheOthersAndLeavesTheOldFile()
    {
        Write("out.csv", "old");
        var end = await SsaAsync("", "convert", In("missing.tle"), Write("a.tle", Tle + BadTle), "-o", In("out.csv"));
        Assert.True(end.ExitCode == 3, end.ToString());
        Assert.Contains($"{In("missing.tle")}:1: file: there is no such file; ", end.Errors, StringComparison.Ordinal);
        Assert.Contains($"{In("a.tle")}:4: CHECKSUM: ", end.Errors, StringComparison.Ordinal);
        Assert.Equal("old", await File.ReadAllTextAsync(In("out.csv")));
        Assert.Equal(["a.tle", "out.csv"], Files());
    }

    [Fact]
    public async Task Validate_AFolder_IsToldToBeOne()
    {
        var end = await SsaAsync("", "validate", _folder.FullName);
        Assert.True(end.ExitCode == 1, end.ToString());
        Assert.StartsWith($"{_folder.FullName}:1: file: a folder, not a file; ", end.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Convert_ToAFolder_IsRefusedBeforeAnythingIsRead()
    {
        var end = await SsaAsync("", "convert", Write("a.tle", BadTle), "--to", "3le", "-o", _folder.FullName);
        Assert.True(end.ExitCode == 1, end.ToString());
        Assert.Equal($"ssa: {_folder.FullName} is a folder, not a file.\n", end.Errors);
    }

    [Fact]
    public async Task Convert_IntoAFolderThatIsNotThere_NamesTheFolder()
    {
        var end = await SsaAsync("", "convert", Write("a.tle", Tle), "-o", In("none/out.csv"));
        Assert.True(end.ExitCode == 3, end.ToString());
        Assert.Equal($"ssa: There is no folder {In("none")}.\n", end.Errors);
    }

    [Fact]
    public async Task Validate_AsJson_IsOneDocument()
    {
        var end = await SsaAsync(BadTle, "validate", "-", "-o", "json");
        Assert.True(end.ExitCode == 1, end.ToString());
        var file = JsonDocument.Parse(end.Output).RootElement[0];
        Assert.Equal(("(standard input)", "tle", false, 1), (file.GetProperty("file").GetString(), file.GetProperty("format").GetString(), file.GetProperty("valid").GetBoolean(), file.GetProperty("refused").GetInt32()));
        var issue = file.GetProperty("issues")[0];
        Assert.Equal(("refused", 2, "CHECKSUM"), (issue.GetProperty("severity").GetString(), issue.GetProperty("line").GetInt32(), issue.GetProperty("keyword").GetString()));
    }

    [Fact]
    public async Task Formats_ListsThem()
    {
        var end = await SsaAsync("", "formats");
        Assert.Equal(0, end.ExitCode);
        Assert.Contains("tle  ", end.Output, StringComparison.Ordinal);
        Assert.Contains("oem-xml  ", end.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Report_OfAFolder_SaysWhatHappenedToEachFile()
    {
        Write("good.tle", Tle);
        Write("bad.tle", BadTle);
        Write("what.txt", "what is this\n");
        var end = await SsaAsync("", "formats", "report", _folder.FullName);
        Assert.True(end.ExitCode == 0, end.ToString());
        string name = _folder.Name;
        Assert.Matches($@"\| {name}/good\.tle \| tle \| 1 read \| \| equal: tle, 3le, omm-csv, omm-json \|", end.Output.Replace("  ", " ", StringComparison.Ordinal));
        Assert.Matches($@"\| {name}/bad\.tle \| tle \| 1 refused: line 2: CHECKSUM", end.Output);
        Assert.Contains($"| {name}/what.txt | - | no format that is known here |", end.Output, StringComparison.Ordinal);
    }

    /// <summary>Makes what is no regular file; skips the test where that is not allowed.</summary>
    private async Task MakeNodeAsync(string name, params string[] kind)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "files of Unix");
        using var make = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("mknod", [In(name), .. kind]) { RedirectStandardError = true })!;
        await make.WaitForExitAsync();
        Assert.SkipUnless(make.ExitCode == 0, $"mknod {kind[0]} is not allowed here");
        if (kind[0] == "p") return;
        try
        {
            using var probe = new FileStream(In(name), FileMode.Open, FileAccess.Write);
        }
        catch (UnauthorizedAccessException)
        {
            Assert.Skip("devices cannot be opened here");
        }
    }

    private async Task<string> KindAsync(string name)
    {
        using var tell = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("stat", ["-c", "%F", In(name)]) { RedirectStandardOutput = true })!;
        string kind = await tell.StandardOutput.ReadToEndAsync();
        await tell.WaitForExitAsync();
        return kind.Trim();
    }

    private static Task<ProgramEnd> SsaAsync(string input, params string[] words) => SsaProcess.RunAsync(words, input);

    private string In(string name) => Path.Combine(_folder.FullName, name);

    private string Write(string name, string content)
    {
        File.WriteAllText(In(name), content);
        return In(name);
    }

    private string WriteCut(string name)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            for (int i = 0; i < 100; i++) gzip.Write(System.Text.Encoding.ASCII.GetBytes(Tle));
        File.WriteAllBytes(In(name), packed.ToArray()[..^9]);
        return In(name);
    }

    private string[] Files() => [.. _folder.GetFiles().Select(file => file.Name).Order(StringComparer.Ordinal)];
}
