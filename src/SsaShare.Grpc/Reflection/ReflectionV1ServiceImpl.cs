using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Reflection.V1;

namespace Grpc.Reflection;

/// <summary>Tells tools which services a server has and what their messages look like.</summary>
public class ReflectionV1ServiceImpl : ServerReflection.ServerReflectionBase
{
    private readonly List<string> _services;
    private readonly SymbolRegistry _symbols;

    public ReflectionV1ServiceImpl(IEnumerable<string> services, SymbolRegistry symbolRegistry)
    {
        _services = [.. services.Order(StringComparer.Ordinal)];
        _symbols = symbolRegistry;
    }

    public ReflectionV1ServiceImpl(IReadOnlyCollection<ServiceDescriptor> serviceDescriptors)
        : this(
            serviceDescriptors.Select(service => service.FullName),
            SymbolRegistry.FromFiles(serviceDescriptors.Select(service => service.File)))
    {
    }

    public override async Task ServerReflectionInfo(
        IAsyncStreamReader<ServerReflectionRequest> requestStream,
        IServerStreamWriter<ServerReflectionResponse> responseStream,
        ServerCallContext context)
    {
        await foreach (ServerReflectionRequest request in requestStream.ReadAllAsync(context.CancellationToken))
        {
            ServerReflectionResponse response = Answer(request);
            response.ValidHost = request.Host;
            response.OriginalRequest = request;
            await responseStream.WriteAsync(response, context.CancellationToken);
        }
    }

    private ServerReflectionResponse Answer(ServerReflectionRequest request) => request.MessageRequestCase switch
    {
        ServerReflectionRequest.MessageRequestOneofCase.ListServices => new ServerReflectionResponse
        {
            ListServicesResponse = new ListServiceResponse
            {
                Service = { _services.Select(name => new ServiceResponse { Name = name }) },
            },
        },
        ServerReflectionRequest.MessageRequestOneofCase.FileByFilename
            => FileOrNotFound(_symbols.FileByName(request.FileByFilename), request.FileByFilename),
        ServerReflectionRequest.MessageRequestOneofCase.FileContainingSymbol
            => FileOrNotFound(_symbols.FileContainingSymbol(request.FileContainingSymbol), request.FileContainingSymbol),
        _ => Error(StatusCode.Unimplemented, "Extensions are not used here."),
    };

    private static ServerReflectionResponse FileOrNotFound(FileDescriptor? file, string name)
    {
        if (file is null)
        {
            return Error(StatusCode.NotFound, $"There is no '{name}'.");
        }

        var files = new Dictionary<string, FileDescriptor>(StringComparer.Ordinal);
        CollectWithImports(file, files);
        return new ServerReflectionResponse
        {
            FileDescriptorResponse = new FileDescriptorResponse { FileDescriptorProto = { files.Values.Select(one => one.SerializedData) } },
        };
    }

    private static void CollectWithImports(FileDescriptor file, Dictionary<string, FileDescriptor> files)
    {
        if (files.TryAdd(file.Name, file))
        {
            foreach (FileDescriptor import in file.Dependencies)
            {
                CollectWithImports(import, files);
            }
        }
    }

    private static ServerReflectionResponse Error(StatusCode code, string message)
        => new() { ErrorResponse = new ErrorResponse { ErrorCode = (int)code, ErrorMessage = message } };
}
