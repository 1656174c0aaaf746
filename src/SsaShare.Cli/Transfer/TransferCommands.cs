using System.CommandLine;
using System.Globalization;
using Google.Protobuf;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Protocol;
using SsaShare.Protocol.Exchange.V1;
using SsaShare.Protocol.Transfer.V1;

namespace SsaShare.Cli;

/// <summary>ssa exchange request|export|import: exchange by files between nodes that no network joins.</summary>
internal static class TransferCommands
{
    private const int PieceSize = 1024 * 1024;

    public static IEnumerable<Command> Create() => [Request(), Export(), Import()];

    private static Command Request()
    {
        var dir = NodeOptions.Dir();
        var from = Partner("--from", "The provider to whom the file is carried.");
        var agreement = Agreement();
        var output = Output();
        return new Command("request", "Write a file that asks a provider for what this node does not have yet, to be carried there: where this node stands, its receipt for what it took last, and its signature under the agreement. "
            + "The provider answers it with 'ssa exchange export --request'.\n\nExample:\n  ssa exchange request --from atlantic --agreement 3f1c09ab --dir pacific --out pacific.request") { from, agreement, output, dir }
            .Does(async (parsed, cancellationToken) =>
            {
                using var client = OperatorClient.ToOwnNode(parsed.Folder(dir));
                if (await AgreementCommands.FindAsync(client, parsed.GetValue(agreement)!, cancellationToken) is not { } found) return ExitCodes.NotFound;
                string provider = PartnerId.Parse(parsed.GetValue(from)!).Value;
                var answer = await client.Transfer.ComposeRequestAsync(new() { AgreementId = found.AgreementId, ProviderId = provider }, deadline: Deadlines.Soon, cancellationToken: cancellationToken);
                var head = new TransferHead { Kind = TransferKind.Request, AgreementId = found.AgreementId, ProviderId = provider, ReceiverId = await SelfAsync(client, cancellationToken) };
                long bytes = await TransferFile.WriteAsync(parsed.GetValue(output)!.FullName, head, answer.Items.ToAsyncEnumerable(), static _ => { }, cancellationToken);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{parsed.GetValue(output)!.FullName}  {bytes:N0} bytes, for {provider}"));
                return ExitCodes.Ok;
            });
    }

    private static Command Export()
    {
        var dir = NodeOptions.Dir();
        var to = Partner("--to", "The receiver to whom the file is carried.");
        var agreement = Agreement();
        var request = new Option<FileInfo>("--request") { Description = "What the receiver asks for, written by 'ssa exchange request'. Without it everything is given from the beginning.", HelpName = "FILE" };
        var megabytes = new Option<int>("--megabytes-max") { Description = "Ends after about so much, at the end of an answer; the rest goes into the next file. 0: all.", HelpName = "N" };
        var output = Output();
        return new Command("export", "Write a file with what an agreement gives a receiver, to be carried there: the same signed answers as over the network, decided record by record, and in the log as given. "
            + "Whoever holds the file can read it: encrypt the medium.\n\nExamples:\n  ssa exchange export --to pacific --agreement 3f1c09ab --request pacific.request --dir atlantic --out atlantic.answers\n  ssa exchange export --to pacific --agreement 3f1c09ab --dir atlantic --out first.answers")
        { to, agreement, request, megabytes, output, dir }
            .Does(async (parsed, cancellationToken) =>
            {
                using var client = OperatorClient.ToOwnNode(parsed.Folder(dir));
                string receiver = PartnerId.Parse(parsed.GetValue(to)!).Value, self = await SelfAsync(client, cancellationToken);
                var items = new List<TransferItem>();
                if (parsed.GetValue(request) is { } asked)
                {
                    var head = await TransferFile.CheckAsync(asked.FullName, cancellationToken);
                    TransferFile.Expect(head, asked.FullName, TransferKind.Request, self, receiver);
                    items.AddRange(await TransferFile.ReadAsync(asked.FullName, cancellationToken).ToListAsync(cancellationToken));
                }
                if (await AgreementCommands.FindAsync(client, parsed.GetValue(agreement)!, cancellationToken) is not { } found) return ExitCodes.NotFound;
                var compose = new ComposeAnswersRequest { AgreementId = found.AgreementId, ReceiverId = receiver, BytesMax = parsed.GetValue(megabytes) * 1_000_000L };
                compose.Items.AddRange(items);
                var made = new TransferHead { Kind = TransferKind.Answers, AgreementId = found.AgreementId, ProviderId = self, ReceiverId = receiver };
                var count = new TransferCount();
                long bytes = await ProgressLine.ShowAsync("exporting", say => TransferFile.WriteAsync(parsed.GetValue(output)!.FullName, made, count.Watch(AnswersAsync(client, compose, cancellationToken)), written => say($"{count.Records:N0} records, {written / 1_000_000:N0} MB"), cancellationToken));
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{parsed.GetValue(output)!.FullName}  {bytes:N0} bytes: {count.Records:N0} records in {count.Answers:N0} answers for {receiver}"));
                if (count.Answers == 0) Console.Error.WriteLine("ssa: a signature is missing here, or the agreement gives the receiver nothing; the file holds the agreement alone.");
                else if (count.IsMoreWaiting) Console.Error.WriteLine("ssa: more waits for the receiver's next request.");
                return ExitCodes.Ok;
            });
    }

    private static Command Import()
    {
        var dir = NodeOptions.Dir();
        var file = new Argument<FileInfo>("FILE") { Description = "What a provider gives, written by 'ssa exchange export'." };
        var reply = new Option<FileInfo>("--reply") { Description = "Writes the next request, with the receipts for what is taken now, to be carried back.", HelpName = "FILE" };
        return new Command("import", "Check and store what came in a file, under the rules of a pull over the network: signatures, agreement, order, manifest. A damaged file is refused before anything of it is taken; "
            + "what was taken before is passed over.\n\nExample:\n  ssa exchange import atlantic.answers --dir pacific --reply pacific.request") { file, reply, dir }
            .Does(async (parsed, cancellationToken) =>
            {
                string path = parsed.GetValue(file)!.FullName;
                using var client = OperatorClient.ToOwnNode(parsed.Folder(dir));
                var head = await TransferFile.CheckAsync(path, cancellationToken);
                string self = await SelfAsync(client, cancellationToken);
                TransferFile.Expect(head, path, TransferKind.Answers, head.ProviderId, self);
                var (records, added, known, receipts) = await ProgressLine.ShowAsync("importing", say => TakeAsync(client, head, path, say, cancellationToken));
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{records:N0} records from {head.ProviderId}, {added:N0} of them new{(known == 0 ? "" : $"; {known:N0} answers had been taken before")}"));
                if (parsed.GetValue(reply) is not { } next) return ExitCodes.Ok;
                var answer = await client.Transfer.ComposeRequestAsync(new() { AgreementId = head.AgreementId, ProviderId = head.ProviderId }, deadline: Deadlines.Soon, cancellationToken: cancellationToken);
                await TransferFile.WriteAsync(next.FullName, new TransferHead { Kind = TransferKind.Request, AgreementId = head.AgreementId, ProviderId = head.ProviderId, ReceiverId = self }, receipts.Concat(answer.Items).ToAsyncEnumerable(), static _ => { }, cancellationToken);
                Console.WriteLine($"{next.FullName}  to be carried back to {head.ProviderId}");
                return ExitCodes.Ok;
            });
    }

    private static async Task<(long Records, long Added, int Known, List<TransferItem> Receipts)> TakeAsync(OperatorClient client, TransferHead head, string path, Action<string> say, CancellationToken cancellationToken)
    {
        long records = 0, added = 0;
        int known = 0;
        var receipts = new List<TransferItem>();
        using var call = client.Transfer.TakeItems(cancellationToken: cancellationToken);
        var request = new TakeItemsRequest { AgreementId = head.AgreementId, PartnerId = head.ProviderId };
        await foreach (var item in TransferFile.ReadAsync(path, cancellationToken))
        {
            byte[] bytes = item.ToByteArray();
            for (int at = 0; at < bytes.Length; at += PieceSize)
            {
                request.Piece = UnsafeByteOperations.UnsafeWrap(bytes.AsMemory(at, Math.Min(PieceSize, bytes.Length - at)));
                request.EndsItem = at + PieceSize >= bytes.Length;
                await call.RequestStream.WriteAsync(request, cancellationToken);
                request = new TakeItemsRequest();
            }
            if (!await call.ResponseStream.MoveNext(cancellationToken)) break;
            var taken = call.ResponseStream.Current;
            (records, added, known) = (records + taken.RecordCount, added + taken.NewRecordCount, known + (taken.AlreadyTaken ? 1 : 0));
            if (taken.Receipt is { } receipt) receipts.Add(new TransferItem { Receipt = receipt });
            if (taken.RecordCount > 0) say($"{records:N0} records");
        }
        await call.RequestStream.CompleteAsync();
        // Whatever ended it early is told here.
        while (await call.ResponseStream.MoveNext(cancellationToken)) { }
        return (records, added, known, receipts);
    }

    private static async IAsyncEnumerable<TransferItem> AnswersAsync(OperatorClient client, ComposeAnswersRequest request, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var call = client.Transfer.ComposeAnswers(request, cancellationToken: cancellationToken);
        while (await call.ResponseStream.MoveNext(cancellationToken)) yield return call.ResponseStream.Current.Item;
    }

    private static async Task<string> SelfAsync(OperatorClient client, CancellationToken cancellationToken)
        => (await client.Admin.GetStatusAsync(new(), deadline: Deadlines.Soon, cancellationToken: cancellationToken)).PartnerId;

    private static Option<string> Partner(string name, string description) => new(name) { Description = description, Required = true, HelpName = "PARTNER" };

    private static Option<string> Agreement() => new("--agreement") { Description = "The agreement's id or its first 8 or more digits.", Required = true, HelpName = "ID" };

    private static Option<FileInfo> Output() => new("--out", "-o") { Description = "The file to write.", Required = true, HelpName = "FILE" };

    /// <summary>Counts what goes by.</summary>
    private sealed class TransferCount
    {
        public long Records { get; private set; }
        public int Answers { get; private set; }

        /// <summary>Whether the last answer of a stream says that it is not all.</summary>
        public bool IsMoreWaiting => _complete.ContainsValue(false);

        private readonly Dictionary<PullPriority, bool> _complete = [];

        public async IAsyncEnumerable<TransferItem> Watch(IAsyncEnumerable<TransferItem> items)
        {
            await foreach (var item in items)
            {
                if (item.Answer?.Response is { } response)
                {
                    (Records, Answers) = (Records + response.Slices.Sum(slice => slice.Records.Count), Answers + 1);
                    _complete[item.Answer.Priority] = DocumentMapper.TryRead(response.Manifest) is { } signed && DocumentJson.TryRead<ManifestDocument>(signed.Payload.Span, DocumentContexts.Manifest, out var manifest) && manifest.Complete;
                }
                yield return item;
            }
        }
    }
}
