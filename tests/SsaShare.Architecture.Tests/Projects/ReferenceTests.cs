namespace SsaShare.Architecture.Tests.Projects;

/// <summary>Arrows point down only. A new one is a decision: it is made here and in docs/architecture.md.</summary>
public sealed class ReferenceTests
{
    private static readonly Dictionary<string, string> Below = new()
    {
        ["SsaShare.Domain"] = "",
        ["SsaShare.Signing"] = "",
        ["SsaShare.Grpc"] = "",
        ["SsaShare.Orbits"] = "SsaShare.Domain",
        ["SsaShare.Formats"] = "SsaShare.Domain",
        ["SsaShare.Transparency"] = "SsaShare.Signing",
        ["SsaShare.Agreements"] = "SsaShare.Domain SsaShare.Signing",
        ["SsaShare.Fusion"] = "SsaShare.Agreements SsaShare.Orbits",
        ["SsaShare.Exchange"] = "SsaShare.Agreements SsaShare.Transparency",
        ["SsaShare.Protocol"] = "SsaShare.Exchange SsaShare.Fusion SsaShare.Grpc",
        ["SsaShare.Storage"] = "SsaShare.Exchange SsaShare.Fusion",
        ["SsaShare.Peering"] = "SsaShare.Exchange SsaShare.Protocol",
        ["SsaShare.Node"] = "SsaShare.Formats SsaShare.Peering SsaShare.Storage",
        ["SsaShare.FusionService"] = "SsaShare.Fusion SsaShare.Node",
        ["SsaShare.Cli"] = "SsaShare.FusionService SsaShare.Node",
    };

    /// <summary>Every other test project refers to the one project that it tests.</summary>
    private static readonly Dictionary<string, string> TestsOfMore = new()
    {
        ["SsaShare.Accuracy"] = "",
        ["SsaShare.Architecture.Tests"] = "",
        ["SsaShare.Scenario.Tests"] = "SsaShare.Cli",
        ["SsaShare.Benchmarks"] = "SsaShare.Cli SsaShare.Grpc",
    };

    public static TheoryData<string> SourceProjects => [.. Names("src/")];

    public static TheoryData<string> TestProjects => [.. Names("tests/")];

    [Theory, MemberData(nameof(SourceProjects))]
    public void References_OfEachProject_AreExactlyThese(string project)
    {
        Assert.True(Below.TryGetValue(project, out string? below), $"{project} is new: say here what it may refer to.");
        Assert.Equal(below, Joined(project));
    }

    [Theory, MemberData(nameof(TestProjects))]
    public void References_OfEachTestProject_AreWhatItTests(string project)
    {
        string tested = project.EndsWith(".Tests", StringComparison.Ordinal) ? project[..^".Tests".Length] : project;
        Assert.Equal(TestsOfMore.GetValueOrDefault(project, tested), Joined(project));
    }

    [Fact]
    public void Projects_ThatArePinned_Exist()
        => Findings.None(Below.Keys.Concat(TestsOfMore.Keys).Except(ProjectFile.All.Select(project => project.Name)));

    private static string Joined(string project)
        => string.Join(' ', ProjectFile.Load(project).References.Order(StringComparer.Ordinal));

    private static IEnumerable<string> Names(string folder)
        => ProjectFile.All.Where(project => project.Path.StartsWith(folder, StringComparison.Ordinal)).Select(project => project.Name);
}
