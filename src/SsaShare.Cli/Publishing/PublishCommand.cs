using System.CommandLine;
using Google.Protobuf;
using SsaShare.Protocol.Admin.V1;
using V1 = SsaShare.Protocol.Common.V1;

namespace SsaShare.Cli;

/// <summary>ssa publish FILE...</summary>
internal static class PublishCommand
{
    private const int ChunkBytes = 64 * 1024;

    public static Command Create()
    {
        var dir = NodeOptions.Dir();
        var files = new Argument<string[]>("FILE") { Description = "CCSDS tracking data, orbit parameter or orbit mean-elements messages (TDM, OPM, OMM in KVN); '-' reads standard input.", Arity = ArgumentArity.OneOrMore };
        var label = new LabelOptions();
        var command = new Command("publish", "Publish observations, orbit states or element sets. Lines that are refused are told one by one; the rest is kept. Publishing a file twice adds nothing.\n\nExample:\n  ssa publish seeds/observations/atlantic/*.tdm --dir atlantic") { files, dir };
        label.AddTo(command);
        return command.Does(async (parsed, cancellationToken) =>
        {
            using var client = OperatorClient.ToOwnNode(parsed.Folder(dir));
            bool refused = false;
            foreach (string file in parsed.GetValue(files)!)
            {
                await using var stream = file == "-" ? Console.OpenStandardInput() : File.OpenRead(file);
                var answer = await SendAsync(client.Admin, stream, file == "-" ? "(standard input)" : Path.GetFileName(file), label.Read(parsed), cancellationToken);
                Console.WriteLine($"{Path.GetFileName(file)}: {answer.AcceptedCount:N0} published, {answer.DuplicateCount:N0} known already, {answer.RefusedCount:N0} refused");
                foreach (var issue in answer.Issues) Console.Error.WriteLine($"{issue.FileName}:{issue.Line}: {issue.Field}: {issue.Reason}");
                refused |= answer.RefusedCount > 0;
            }
            return refused ? ExitCodes.Failure : ExitCodes.Ok;
        });
    }

    internal static async Task<PublishFileResponse> SendAsync(AdminService.AdminServiceClient admin, Stream stream, string name, V1.Label label, CancellationToken cancellationToken)
    {
        using var call = admin.PublishFile(cancellationToken: cancellationToken);
        var request = new PublishFileRequest { FileName = name, Label = label };
        byte[] buffer = new byte[ChunkBytes];
        do
        {
            int read = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
            request.Chunk = ByteString.CopyFrom(buffer, 0, read);
            await call.RequestStream.WriteAsync(request, cancellationToken);
            if (read < buffer.Length) break;
            request = new PublishFileRequest();
        }
        while (true);
        await call.RequestStream.CompleteAsync();
        return await call;
    }
}
