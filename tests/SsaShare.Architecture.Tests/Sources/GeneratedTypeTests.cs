using System.Text.RegularExpressions;

namespace SsaShare.Architecture.Tests.Sources;

/// <summary>
/// Types generated from proto/ stop at the mapper in SsaShare.Protocol. Beyond it only the places where a call begins or ends
/// may name them: a service's class (*GrpcService.cs, or a theme of it: *GrpcService.Theme.cs), the command-line program, which shows what a node answers, and the callers
/// and helpers of services listed here.
/// </summary>
public sealed partial class GeneratedTypeTests
{
    private static readonly string[] Callers =
    [
        "src/SsaShare.Node/Admin/ExchangeStatusReader.cs",
        "src/SsaShare.Node/Admin/NodeStatusReader.cs",
        "src/SsaShare.Node/Auditing/LogDesk.cs",
        "src/SsaShare.Node/Exchange/ExchangeDesk.cs",
        "src/SsaShare.Node/Transfer/CarriedAnswer.cs",
        "src/SsaShare.Node/Transfer/TransferDesk.cs",
        "src/SsaShare.Node/Witnessing/WitnessStatusReader.cs",
        "src/SsaShare.Peering/Agreements/AgreementCourier.cs",
        "src/SsaShare.Peering/Agreements/TransitionCourier.cs",
        "src/SsaShare.Peering/Channels/PeerBulkheads.cs",
        "src/SsaShare.Peering/Identity/KeyEventCourier.cs",
        "src/SsaShare.Peering/Notices/NoticeCourier.cs",
        "src/SsaShare.Peering/Pulling/IPullClient.cs",
        "src/SsaShare.Peering/Pulling/PullLoop.cs",
        "src/SsaShare.Peering/Pulling/PullLoop.Asking.cs",
        "src/SsaShare.Peering/Witnessing/LogProver.cs",
    ];

    [Fact]
    public void GeneratedTypes_BeyondTheMapper_AreNamedOnlyWhereCallsBeginOrEnd()
        => Findings.None(SourceFile.All
            .Where(file => !file.Path.StartsWith("src/SsaShare.Protocol/", StringComparison.Ordinal)
                && !file.Path.StartsWith("src/SsaShare.Cli/", StringComparison.Ordinal)
                && !ServiceFile().IsMatch(file.Path)
                && !Callers.Contains(file.Path))
            .Where(NamesGenerated)
            .Select(file => file.Path));

    [Fact]
    public void Callers_ThatAreListed_StillNameGeneratedTypes()
        => Findings.None(Callers.Except(SourceFile.All.Where(NamesGenerated).Select(file => file.Path)));

    /// <summary>With the packaged runtime our own namespaces are not there.</summary>
    [Fact]
    public void OwnGrpcNamespaces_OutsideTheRuntime_AreNotUsed()
        => Findings.None(SourceFile.All
            .Where(file => !file.Path.StartsWith("src/SsaShare.Grpc/", StringComparison.Ordinal))
            .SelectMany(file => file.Where("using SsaShare.Grpc", "using Grpc.Wire")));

    private static bool NamesGenerated(SourceFile file) => file.Lines.Any(line => GeneratedNamespace().IsMatch(line));

    [GeneratedRegex(@"GrpcService(\.[A-Za-z]+)?\.cs$")]
    private static partial Regex ServiceFile();

    [GeneratedRegex(@"\bSsaShare\.Protocol\.[A-Za-z]+\.V[0-9]+\b")]
    private static partial Regex GeneratedNamespace();
}
