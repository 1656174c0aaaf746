using System.CommandLine;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using SsaShare.Domain;
using SsaShare.Protocol.Admin.V1;

namespace SsaShare.Cli;

/// <summary>ssa agreement simulate</summary>
internal static class SimulateCommand
{
    public static Command Create()
    {
        var dir = NodeOptions.Dir();
        var peer = new Option<string>("--peer") { Description = "The partner that would receive.", Required = true, HelpName = "PARTNER" };
        var since = SinceOption.Create("What was published since then.");
        var agreement = new Option<string>("--agreement") { Description = "Only under this agreement, in whatever state: its id or its first 8 or more digits. Default: all in force.", HelpName = "ID" };
        var file = new Option<FileInfo>("--file") { Description = "Under this draft instead, which nobody has signed yet.", HelpName = "FILE" };
        var command = new Command("simulate", "Show what a partner would have received of what this node published, decided now. Nothing is sent and nothing is logged.\n\nExamples:\n  ssa agreement simulate --peer pacific --since 24h --dir atlantic\n  ssa agreement simulate --peer pacific --since 2026-11-01 --file draft.yaml --dir atlantic")
        { peer, since, agreement, file, dir };
        command.Validators.Add(given =>
        {
            if (given.GetResult(agreement) is not null && given.GetResult(file) is not null) given.AddError("--agreement and --file exclude each other.");
        });
        return command.Does(async (parsed, cancellationToken) =>
        {
            using var client = OperatorClient.ToOwnNode(parsed.Folder(dir));
            var request = new SimulateAgreementRequest
            {
                ReaderId = PartnerId.Parse(parsed.GetValue(peer)!).Value,
                Since = Timestamp.FromDateTimeOffset(parsed.GetValue(since)),
            };
            if (parsed.GetValue(agreement) is { } wanted)
            {
                if (await AgreementCommands.FindAsync(client, wanted, cancellationToken) is not { } found) return ExitCodes.NotFound;
                request.AgreementId = found.AgreementId;
            }
            if (parsed.GetValue(file) is { } draft)
            {
                request.DraftFileName = draft.Name;
                request.DraftYaml = ByteString.CopyFrom(await File.ReadAllBytesAsync(draft.FullName, cancellationToken));
            }
            var result = await ProgressLine.ShowAsync("considered", tell => RunAsync(client, request, tell, cancellationToken));
            foreach (string line in SimulationText.Lines(request, result)) Console.WriteLine(line);
            return ExitCodes.Ok;
        });
    }

    private static async Task<SimulationResult> RunAsync(OperatorClient client, SimulateAgreementRequest request, Action<string> tell, CancellationToken cancellationToken)
    {
        using var call = client.Admin.SimulateAgreement(request, cancellationToken: cancellationToken);
        while (await call.ResponseStream.MoveNext(cancellationToken))
        {
            var step = call.ResponseStream.Current;
            if (step.Result is { } result) return result;
            if (step.Progress is { } progress) tell($"{progress.ConsideredCount:N0} of {progress.RecordCount:N0} records");
        }
        throw new InvalidDataException("The node ended its answer without a result.");
    }
}
