namespace SsaShare.Architecture.Tests.Projects;

/// <summary>The strictest settings hold for every project, and every project is built.</summary>
public sealed class SettingsTests
{
    private static readonly string[] SetOnceForAll =
    [
        "AnalysisLevel", "Deterministic", "LangVersion", "ManagePackageVersionsCentrally", "NoWarn", "Nullable", "TargetFramework",
        "TargetFrameworks", "TreatWarningsAsErrors", "WarningLevel", "WarningsNotAsErrors",
    ];

    [Fact]
    public void Settings_ThatHoldForAll_AreNotSetByOneProject()
        => Findings.None(ProjectFile.All.SelectMany(project => SetOnceForAll.Where(project.Sets).Select(property => $"{project.Path}: {property}")));

    [Fact]
    public void Solution_HoldsEveryProject()
    {
        string solution = Repository.Read("SsaShare.sln").Replace('\\', '/');
        Assert.NotEmpty(ProjectFile.All);
        Assert.All(ProjectFile.All, project => Assert.Contains($"\"{project.Path}\"", solution, StringComparison.Ordinal));
    }

    [Fact]
    public void GrpcRuntime_IsKnownToOneProjectOnly()
    {
        const string Property = "GrpcRuntime";
        string[] mayKnow = ["Directory.Build.props", "Directory.Packages.props", "src/SsaShare.Grpc/SsaShare.Grpc.csproj"];
        var knowing = Repository.Files
            .Where(file => file.EndsWith(".csproj", StringComparison.Ordinal) || file.EndsWith(".props", StringComparison.Ordinal)
                || file.EndsWith(".targets", StringComparison.Ordinal))
            .Where(file => Repository.Read(file).Contains(Property, StringComparison.Ordinal));
        Findings.None(knowing.Except(mayKnow));
    }
}
